import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from './setup/test-house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.stop())

test('orders placed at the same moment are all answered, however few connections there are to the database', async () => {
  const { lat, lon } = house.place
  const { body } = await house.as(null)(`GET /merchants?lat=${lat}&lon=${lon}`)
  const menu = await house.as(null)(`GET /merchants/${body.items[0].id}/menu`)
  const order = {
    merchantId: body.items[0].id,
    lines: [{ itemId: menu.body.sections[0].items[0].id, quantity: 1 }],
    drop: { place: { lat: lat + 0.005, lon: lon + 0.005 }, address: 'Rua da Torrinha 88' },
  }
  await house.as('ana@demo')('GET /auth/me')
  // Ten times the pool: as many transactions as there are connections, and everybody else behind them.
  const placing = Array.from({ length: 50 }, () =>
    house.as('ana@demo')('POST /orders', order, { 'idempotency-key': crypto.randomUUID() }),
  )
  const answers = await Promise.all(placing)
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]))
})
