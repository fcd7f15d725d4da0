import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type DispatchSeats, dispatchSeats } from './setup/dispatch-seats.ts'
import { openTestHouse, type TestHouse } from './setup/test-house.ts'

let house: TestHouse
let seats: DispatchSeats
beforeAll(async () => {
  house = await openTestHouse({ policy: { name: 'scored-offers' } })
  seats = dispatchSeats(house)
})
afterAll(() => house.stop())
afterEach(() => seats.clear())

/** Waits while the clock goes on in small steps, since the zone's lease is renewed by it. */
const eventually = <T>(check: () => T | Promise<T>) => seats.eventually(check, 50)
const staff = (key: string, body?: unknown) => seats.staff(key, body)
const command = (id: string, path: string, body?: object) => seats.command(id, path, body)
const undo = (commandId: string) => staff(`POST /dispatch/commands/${commandId}/undo`)
const onBoard = (id: string) => seats.onBoard(id)
const offersOf = (i: number) => seats.offersOf(i)
const order = () => seats.order()
const online = async (...drivers: number[]) => {
  for (const i of drivers) await seats.online(i)
}

describe('[DI7] a command of staff', () => {
  test('holds an order: its offer is withdrawn, nobody is asked until it is released, and all of it can be taken back', async () => {
    await online(0)
    const { id } = await order()
    await eventually(async () => expect(await offersOf(0)).toHaveLength(1))
    const held = await command(id, 'hold', { reason: 'customer called' })
    expect(held.body).toMatchObject({ order: { isHeld: true, delivery: 'waiting' }, before: { isHeld: false } })
    expect(await offersOf(0)).toEqual([])
    expect((await command(id, 'hold')).body).toMatchObject({ status: 409, detail: 'It is held already.' })
    house.clock.advance(5_000)
    house.put(house.driverIds[0]!, house.place)
    expect(await offersOf(0)).toEqual([])

    const released = await command(id, 'release')
    expect(released.body.order.isHeld).toBe(false)
    await eventually(async () => expect(await offersOf(0)).toHaveLength(1))
    // Taking the release back holds it again, whoever is looking at the offer.
    const again = await undo(released.body.commandId)
    expect(again.body.order).toMatchObject({ isHeld: true, delivery: 'waiting' })
    expect(await offersOf(0)).toEqual([])
    // And an undo can be undone.
    expect((await undo(again.body.commandId)).body.order.isHeld).toBe(false)
    const told = (await seats.events(id)).find((event: any) => event.type === 'order.held')
    expect(told).toMatchObject({ actor: 'dispatcher', actorName: 'dora', data: { reason: 'customer called' } })
  })

  test('pins an order to a driver: only that one is asked, even after a decline, until it is released', async () => {
    await online(0, 1)
    const { id } = await order()
    await eventually(async () => expect(await offersOf(0)).toHaveLength(1))
    await house.as('driver0@demo')(`POST /driver/offers/${id}/decline`, {})
    const pinned = await command(id, 'pin', { driverId: house.driverIds[0] })
    expect(pinned.body.order).toMatchObject({ pinnedDriverId: house.driverIds[0], delivery: 'waiting' })
    await eventually(async () => expect(await offersOf(0)).toHaveLength(1))
    expect(await offersOf(1)).toEqual([])
    expect((await command(id, 'pin', { driverId: crypto.randomUUID() })).status).toBe(404)
    await house.as('driver0@demo')(`POST /driver/offers/${id}/decline`, {})
    expect((await command(id, 'release')).body.order.pinnedDriverId).toBe(null)
    await eventually(async () => expect(await offersOf(1)).toHaveLength(1))
  })

  test('sets priority and promise, is refused when stale with what changed, and goes back to exactly what was before', async () => {
    const { id } = await order()
    const seen = await onBoard(id)
    const urgent = await command(id, 'priority', { priority: 3, version: seen.version })
    expect(urgent.body.order.priority).toBe(3)
    const stale = await command(id, 'extend', { minutes: 10, version: seen.version })
    expect(stale).toMatchObject({ status: 409, body: { code: 'stale_version', changedBy: 'dora', change: 'order.prioritised' } })
    const extended = await command(id, 'extend', { minutes: 10 })
    expect(extended.body.order.promisedAtMs).toBe(seen.promisedAtMs + 600_000)
    const customer = await house.as('ana@demo')(`GET /orders/${id}`)
    expect(customer.body.promisedAtMs).toBe(seen.promisedAtMs + 600_000)
    // Each command takes back its own change alone.
    expect((await undo(urgent.body.commandId)).body.order).toMatchObject({
      priority: 0,
      promisedAtMs: seen.promisedAtMs + 600_000,
    })
    expect((await undo(extended.body.commandId)).body.order.promisedAtMs).toBe(seen.promisedAtMs)
    expect((await undo(extended.body.commandId)).status).toBe(409)
    for (const [path, body, field] of [
      ['priority', { priority: 4 }, 'body.priority'],
      ['extend', { minutes: 0 }, 'body.minutes'],
      ['pin', { driverId: 'nobody' }, 'body.driverId'],
    ] as const) {
      const refused = await command(id, path, body)
      expect([refused.status, refused.body.errors[0].field]).toEqual([400, field])
    }
  })

  test('takes an order off its driver, who is not asked again; the undo gives it back', async () => {
    await online(0)
    const { id } = await order()
    await eventually(async () => expect(await offersOf(0)).toHaveLength(1))
    await house.as('driver0@demo')(`POST /driver/offers/${id}/accept`)
    const taken = await command(id, 'unassign')
    expect(taken.body).toMatchObject({ order: { driverId: null }, before: { driverId: house.driverIds[0] } })
    house.clock.advance(1_000)
    house.put(house.driverIds[0]!, house.place)
    expect(await offersOf(0)).toEqual([])
    expect((await undo(taken.body.commandId)).body.order.driverId).toBe(house.driverIds[0])
  })

  test('moves a route to another driver: each order has its own result, what is carried stays', async () => {
    await online(0, 1)
    const carried = await order()
    const waiting = await order()
    for (const { id } of [carried, waiting])
      await eventually(async () => {
        expect((await command(id, 'assign', { driverId: house.driverIds[0] })).status).toBe(200)
      })
    for (const action of ['arrive_at_merchant', 'pick_up'])
      expect((await house.as('driver0@demo')(`PATCH /orders/${carried.id}/status`, { action })).status).toBe(200)
    const moved = await staff(`POST /dispatch/drivers/${house.driverIds[0]}/move-route`, { toDriverId: house.driverIds[1] })
    const of = (id: string) => moved.body.items.find((item: any) => item.orderId === id)
    expect(of(waiting.id)).toMatchObject({ number: waiting.number, problem: null })
    expect(of(carried.id)).toMatchObject({ commandId: null, problem: { code: 'action_not_allowed' } })
    expect(await onBoard(waiting.id)).toMatchObject({ driverId: house.driverIds[1] })
    expect(await onBoard(carried.id)).toMatchObject({ driverId: house.driverIds[0] })
    expect((await undo(of(waiting.id).commandId)).body.order.driverId).toBe(house.driverIds[0])
  })
})

test('[DI8] what-if says what giving an order to a driver would cost, and changes nothing', async () => {
  await seats.policy({ name: 'joint' })
  await online(0)
  const { id } = await order()
  const before = await onBoard(id)
  const near = await staff(`GET /dispatch/orders/${id}/what-if?driverId=${house.driverIds[0]}`)
  expect(near.body).toMatchObject({ excludedBy: null, impact: { toPickupS: expect.any(Number), ordersAfter: 1, detours: [] } })
  expect(near.body.costMinor).toBeCloseTo(
    near.body.terms.reduce((sum: number, term: any) => sum + term.points, 0),
    3,
  )
  const away = await staff(`GET /dispatch/orders/${id}/what-if?driverId=${house.driverIds[2]}`)
  expect(away.body).toMatchObject({ impact: null, excludedBy: { rule: 'offline' } })
  expect((await onBoard(id)).version).toBe(before.version)
  await seats.policy({ name: 'scored-offers' })
})

test('[DI9] choices of staff are kept with the planner’s own, with their reasons, and counted as agreement', async () => {
  await seats.policy({ name: 'joint' })
  await online(0)
  await seats.online(1, { lat: house.place.lat - 0.02, lon: house.place.lon })
  const { body: earlier } = await staff(`GET /dispatch/agreement`)
  const far = await order()
  await command(far.id, 'hold')
  const chosen = await command(far.id, 'assign', { driverId: house.driverIds[1], reason: 'knows the street' })
  expect(chosen.body.order).toMatchObject({ driverId: house.driverIds[1], isHeld: false })
  const near = await order()
  await command(near.id, 'hold')
  expect((await command(near.id, 'assign', { driverId: house.driverIds[0] })).status).toBe(200)
  const { body: now } = await staff(`GET /dispatch/agreement`)
  expect([now.choices - earlier.choices, now.same - earlier.same]).toEqual([2, 1])
  expect(now.differing[0]).toMatchObject({
    orderId: far.id,
    driverName: 'Driver 1',
    plannedDriverName: 'Driver 0',
    reason: 'knows the street',
  })
  expect(now.differing[0].dearerByMinor).toBeGreaterThan(0)
  const { body: decisions } = await staff(`GET /dispatch/orders/${far.id}/decisions`)
  expect(decisions.items[0]).toMatchObject({ kind: 'staff', driverName: 'Driver 1' })
  expect(decisions.items[0].candidates.map((one: any) => one.driverName)).toEqual(['Driver 0', 'Driver 1'])
})
