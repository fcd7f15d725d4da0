import { expect, test } from 'vitest'
import { createFormat, parseAmount } from './format.ts'
import { chooseLanguage, counter } from './words.ts'

test('the reader’s first language that there is wins; without one it is the first there is', () => {
  expect(chooseLanguage(['en', 'pt'], ['fr-FR', 'pt-BR', 'en'])).toBe('pt')
  expect(chooseLanguage(['en', 'pt'], ['fr'])).toBe('en')
})

test('counts take the form of the language', () => {
  const count = counter('en')
  expect([0, 1, 2].map((n) => count(n, { one: '# item', other: '# items' }))).toEqual(['0 items', '1 item', '2 items'])
})

test('times stand in the city’s zone and habit, whatever the reader’s own', () => {
  const evening = Date.UTC(2026, 10, 24, 19, 52)
  expect(createFormat('en', 'pt-PT', 'Europe/Lisbon').time(evening)).toBe('19:52')
  expect(createFormat('en', 'fr-FR', 'Europe/Paris').time(evening)).toBe('20:52')
  expect(createFormat('en', 'en-US', 'America/Los_Angeles').time(evening)).toMatch(/^11:52\sAM$/)
  expect(createFormat('en', 'pt-PT', 'Europe/Lisbon').timeOrDay(evening + 12 * 3_600_000, evening)).toMatch(/^Wed.*07:52$/)
})

test('amounts have the currency’s own number of decimals', () => {
  const format = createFormat('en', 'pt-PT', 'Europe/Lisbon')
  expect(format.money(1250, 'EUR')).toBe('€12.50')
  expect(format.money(1250, 'JPY')).toBe('¥1,250')
})

test('distances are metres near by and kilometres beyond', () => {
  const format = createFormat('en', 'pt-PT', 'Europe/Lisbon')
  expect([3, 347, 1_420].map((m) => format.distance(m))).toEqual(['10 m', '350 m', '1.4 km'])
})

test('a typed amount is read with comma or point, and nothing else is', () => {
  expect(['2', '2,5', '2.50', ' 3.05 '].map((text) => parseAmount(text, 'EUR'))).toEqual([200, 250, 250, 305])
  expect(['', '-2', '2.505', '1e3', 'two', '2.5.0'].map((text) => parseAmount(text, 'EUR'))).toEqual(Array(6).fill(undefined))
  expect(parseAmount('300', 'JPY')).toBe(300)
  expect(parseAmount('300.5', 'JPY')).toBeUndefined()
})
