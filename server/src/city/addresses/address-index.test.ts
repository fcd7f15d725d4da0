import { expect, test } from 'vitest'
import type { Address } from './address.ts'
import { indexAddresses, nearestAddress, searchAddresses } from './address-index.ts'
import { decodeAddresses, encodeAddresses } from './store-addresses.ts'

const door = (street: string, number: string, lat: number, lon: number): Address => ({
  ...{ street, number, lat, lon, city: 'Porto', postcode: '4050-001', approximate: false },
})
const DOORS = [
  door('Rua da Constituição', '12', 41.161, -8.61),
  door('Rua da Constituição', '120', 41.162, -8.62),
  door('Rua da Conceição', '12', 41.15, -8.61),
  door('Avenida da Boavista', '3', 41.158, -8.63),
  door('2nd Street', '123', 41.14, -8.6),
]
const NEAR = { lat: 41.15, lon: -8.61 }
const found = (text: string, near = NEAR) =>
  searchAddresses(indexAddresses(DOORS), text, near, 10).map(({ street, number }) => `${street} ${number}`)

test('marks and capitals do not matter, and the beginning of a word is enough', () => {
  expect(found('CONSTITUICAO')[0]).toBe('Rua da Constituição 12')
  expect(found('boav')).toEqual(['Avenida da Boavista 3'])
  expect(found('av boa porto')).toEqual(['Avenida da Boavista 3'])
})

test('of what fits alike the nearer comes first, and streets take turns', () => {
  expect(found('rua da con')).toEqual(['Rua da Conceição 12', 'Rua da Constituição 12', 'Rua da Constituição 120'])
  expect(found('rua da con', { lat: 41.162, lon: -8.62 })[0]).toBe('Rua da Constituição 120')
})

test('a number is found before or after the street, exactly before longer ones, and beside streets that are numbers', () => {
  expect(found('constituicao 12')).toEqual(['Rua da Constituição 12', 'Rua da Constituição 120'])
  expect(found('120 rua constituicao')).toEqual(['Rua da Constituição 120'])
  expect(found('123 2nd st')).toEqual(['2nd Street 123'])
  expect(found('boavista 99')).toEqual(['Avenida da Boavista 3'])
})

test('words that no street explains find nothing', () => {
  expect(found('xyz')).toEqual([])
  expect(found('boavista xyz')).toEqual([])
  expect(found('  ')).toEqual([])
})

test('the address next to a place is found, none in an empty city', () => {
  expect(nearestAddress(indexAddresses(DOORS), { lat: 41.1581, lon: -8.6299 })?.street).toBe('Avenida da Boavista')
  expect(nearestAddress(indexAddresses([]), NEAR)).toBeUndefined()
})

test('what is stored comes back the same', () => {
  expect(decodeAddresses(encodeAddresses(DOORS))).toEqual(DOORS)
})
