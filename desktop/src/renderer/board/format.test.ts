import { expect, test } from 'vitest'
import { age, clockSpan, distance, initials, numberParts, shortName, signedSpan, streetOf, zoneTime } from './format.ts'

test('spans have a real minus sign and join hours from one on', () => {
  expect([0, 250_000, -380_000, 3_720_000, -200].map(clockSpan)).toEqual(['0:00', '4:10', '−6:20', '1:02:00', '0:00'])
  expect([190_000, 0, -40_000].map(signedSpan)).toEqual(['+3:10', '0:00', '−0:40'])
})

test('ages are said in the largest unit that matters', () => {
  expect([2_000, 192_000, 7_500_000].map(age)).toEqual(['2s', '3m12s', '2h05m'])
})

test('the last two digits name an order', () => {
  expect([4821, 7, 100].map(numberParts)).toEqual([
    ['48', '21'],
    ['', '07'],
    ['1', '00'],
  ])
})

test('names shorten to what a dispatcher calls out', () => {
  expect(['Ana Ferreira', 'Cher', 'João da Silva Melo'].map(shortName)).toEqual(['Ana F', 'Cher', 'João M'])
  expect(['Marta Sousa', 'Cher', 'João da Silva Melo'].map(initials)).toEqual(['MS', 'C', 'JM'])
})

test('streets lose their house number wherever a country puts it, and keep numbers that are their name', () => {
  const streets = ['472 Folsom Street', 'R. Formosa 412', '164 3rd Street', 'Rua 25 de Abril 7, Porto', '12-14 Bush Street', '88']
  expect(streets.map(streetOf)).toEqual(['Folsom St', 'R. Formosa', '3rd St', 'R. 25 de Abril', 'Bush St', '88'])
})

test('distances are metres until they are kilometres', () => {
  expect([84, 849, 960, 6_490].map(distance)).toEqual(['80 m', '850 m', '1.0 km', '6.5 km'])
})

test('clock times are the zone’s, whatever the reader’s own time zone', () => {
  expect(zoneTime('America/Los_Angeles').hms(Date.UTC(2026, 0, 5, 8, 0, 7))).toBe('00:00:07')
  expect(zoneTime('Europe/Lisbon').hm(Date.UTC(2026, 6, 5, 18, 42))).toBe('19:42')
})
