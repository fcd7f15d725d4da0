import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type DispatchSeats, dispatchSeats } from './setup/dispatch-seats.ts'
import { openTestHouse, type TestHouse } from './setup/test-house.ts'

let house: TestHouse
let seats: DispatchSeats
beforeAll(async () => {
  house = await openTestHouse()
  seats = dispatchSeats(house)
})
afterAll(() => house.stop())
afterEach(() => seats.clear())

/** Who is asked, as soon as anybody is. */
const asked = (stepMs = 1_000) =>
  seats.eventually(async () => {
    const offers = await Promise.all([0, 1, 2].map((i) => seats.offersOf(i)))
    const who = offers.flatMap((list, i) => (list.length > 0 ? [i] : []))
    expect(who.length).toBeGreaterThan(0)
    return who
  }, stepMs)

/** An order whose food waits, offered to drivers who often decline, so that one is not enough. */
async function readyOrderForMany() {
  await house.db`update drivers set offers_answered = 20, offers_accepted = 4`
  const { id } = await seats.order(1)
  await seats.command(id, 'hold')
  await house.as('um@demo')(`POST /merchant/orders/${id}/ready`, {})
  for (const i of [0, 1, 2]) await seats.online(i, { lat: house.place.lat + 0.0001 * i, lon: house.place.lon })
  await seats.command(id, 'release')
  const who = await asked()
  expect(who.length).toBeGreaterThan(1)
  return { id, who }
}

describe('[DI14] a zone that nobody has set plans whole routes', () => {
  test('a driver is told late: not when the kitchen takes the order on, but in time for the food', async () => {
    expect((await seats.staff('GET /dispatch/policy')).body).toMatchObject({ name: 'joint', mode: 'offer', autonomy: 'auto' })
    await seats.online(0)
    const { id } = await seats.order(12)
    await seats.passPlanned(30)
    expect(await seats.onBoard(id)).toMatchObject({ delivery: 'waiting', attempts: 0 })
    // Not yet told, but planned: nothing is amiss.
    expect(await seats.alerts()).toEqual([])
    await asked(2_000)
    const { kitchenReadyMs, offer } = await seats.onBoard(id)
    const toldMs = offer.expiresAtMs - 30_000
    expect(kitchenReadyMs - toldMs).toBeGreaterThan(0)
    expect(kitchenReadyMs - toldMs).toBeLessThan(10 * 60_000)
    expect((await seats.answer(0, id, 'accept')).status).toBe(200)
  })

  test('a decline and silence send the order to the next, and who said no is not asked again', async () => {
    for (const i of [0, 1, 2]) await seats.online(i)
    const { id } = await seats.order(5)
    const [first] = await asked()
    await seats.answer(first!, id, 'decline')
    const [second] = await asked()
    expect(second).not.toBe(first)
    // Silence until the offer ends.
    const third = await seats.eventually(async () => {
      const who = await Promise.all([0, 1, 2].map((i) => seats.offersOf(i)))
      const other = who.findIndex((list, i) => list.length > 0 && i !== first && i !== second)
      expect(other).toBeGreaterThanOrEqual(0)
      return other
    }, 1_000)
    expect((await seats.answer(second!, id, 'accept')).body.code).toBe('offer_expired')
    expect((await seats.answer(third, id, 'accept')).status).toBe(200)
    const types = (await seats.events(id)).map((event: any) => event.type).filter((type: string) => type.includes('offer'))
    expect(types).toEqual(['order.offered', 'order.offer_declined', 'order.offered', 'order.offer_expired', 'order.offered'])
  })

  test('late in its life an order is offered to several at once; of all who accept at the same moment one has it', async () => {
    const { id, who } = await readyOrderForMany()
    const [refusing, ...rest] = who.length > 2 ? who : [undefined, ...who]
    // One of them declines: the others may still take it.
    if (refusing !== undefined) expect((await seats.answer(refusing, id, 'decline')).status).toBe(200)
    const answers = await Promise.all(rest.map((i) => seats.answer(i!, id, 'accept')))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, ...rest.slice(1).map(() => 409)])
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('offer_taken')
    const { driverId } = await seats.onBoard(id)
    expect(driverId).toBe(house.driverIds[rest[answers.findIndex(({ status }) => status === 200)]!])
    for (const i of [0, 1, 2]) expect(await seats.offersOf(i)).toEqual([])
    const assigned = (await seats.events(id)).filter((event: any) => event.type === 'order.assigned')
    expect(assigned).toHaveLength(1)
    const [{ open }] =
      (await house.db`select count(*)::int as open from assignments where order_id = ${id} and ended_at is null`) as any
    expect(open).toBe(1)
  })

  test('of several who are asked, each who declines or stays silent is left out', async () => {
    const { id, who } = await readyOrderForMany()
    for (const i of who) expect((await seats.answer(i, id, 'decline')).status).toBe(200)
    const [{ exclusions }] = (await house.db`select exclusions from orders where id = ${id}`) as any
    expect(new Set(exclusions.map((one: any) => one.driverId))).toEqual(new Set(who.map((i) => house.driverIds[i])))
  })
})
