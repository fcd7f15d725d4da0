import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openTestHouse, type TestHouse } from './setup/test-house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse({ policy: { name: 'scored-offers' } })
})
afterAll(() => house.stop())

const eventually = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 8_000, interval: 20 })

async function shop(name = 'Casa Um') {
  const { lat, lon } = house.place
  const { body } = await house.as(null)(`GET /merchants?lat=${lat}&lon=${lon}`)
  const merchant = body.items.find((item: any) => item.name === name)
  const menu = await house.as(null)(`GET /merchants/${merchant.id}/menu`)
  return { merchant, items: menu.body.sections[0].items }
}

async function orderBody(name?: string) {
  const { merchant, items } = await shop(name)
  const place = { lat: house.place.lat + 0.005, lon: house.place.lon + 0.005 }
  return {
    merchantId: merchant.id,
    lines: [{ itemId: items[0].id, quantity: 2, note: null }],
    drop: { place, address: 'Rua da Torrinha 88' },
    tipMinor: 200,
  }
}

async function place(as = 'ana@demo') {
  const placed = await house.as(as)('POST /orders', await orderBody(), { 'idempotency-key': crypto.randomUUID() })
  expect(placed.status).toBe(201)
  return placed.body
}

const online = async (...indexes: number[]) => {
  for (const i of indexes) {
    await house.as(`driver${i}@demo`)('POST /driver/go-online', {})
    house.put(house.driverIds[i]!, { lat: house.place.lat + 0.001 * i, lon: house.place.lon })
  }
}
const offline = async (...indexes: number[]) => {
  for (const i of indexes) await house.as(`driver${i}@demo`)('POST /driver/go-offline')
}
const accept = (order: any) => house.as('um@demo')(`POST /merchant/orders/${order.id}/accept`, { prepMinutes: 10 })
const order = async (id: string, as = 'ana@demo') => (await house.as(as)(`GET /orders/${id}`)).body

describe('an order from placing to the door', () => {
  test('[OR9][OR10] is priced, accepted, offered to the best driver, carried and paid, and every step is in its log', async () => {
    await online(0, 1)
    const placed = await place()
    expect(placed.price).toMatchObject({
      subtotalMinor: 2000,
      deliveryFeeMinor: 299,
      serviceFeeMinor: 300,
      tipMinor: 200,
      totalMinor: 2799,
    })
    expect(placed).toMatchObject({ status: 'pending', kitchen: 'placed', delivery: 'waiting', version: 1, driver: null })
    expect(placed.eta.basis).toBe('usual')

    const accepted = await accept(placed)
    expect(accepted.body).toMatchObject({ kitchen: 'accepted', column: 'preparing' })
    const offer = await eventually(async () => {
      const { body } = await house.as('driver0@demo')('GET /driver')
      expect(body.offers).toHaveLength(1)
      return body.offers[0]
    })
    expect(offer).toMatchObject({ orderId: placed.id, payMinor: placed.payMinor ?? offer.payMinor, tipMinor: 200 })
    expect(offer.expiresAtMs - offer.offeredAtMs).toBe(30_000)

    const acceptOnce = () =>
      house.as('driver0@demo')(`POST /driver/offers/${placed.id}/accept`, undefined, { 'idempotency-key': 'accept-1' })
    const taken = await acceptOnce()
    expect(taken.status).toBe(200)
    expect((await acceptOnce()).status).toBe(200)
    expect(taken.body.route.stops.map((stop: any) => stop.kind)).toEqual(['pickup', 'drop'])
    expect(await order(placed.id)).toMatchObject({ status: 'driver_assigned', driver: { name: 'Driver 0', place: null } })
    await eventually(async () => expect((await order(placed.id)).eta.basis).toBe('route'))

    const act = async (action: string) => {
      const seen = await order(placed.id, 'driver0@demo')
      const moved = await house.as('driver0@demo')(`PATCH /orders/${placed.id}/status`, { action, version: seen.version })
      expect(moved.status, JSON.stringify(moved.body)).toBe(200)
      return moved.body
    }
    await act('arrive_at_merchant')
    await house.as('um@demo')(`POST /merchant/orders/${placed.id}/ready`, {})
    expect((await act('pick_up')).status).toBe('picked_up')
    expect((await order(placed.id)).driver.place).not.toBeNull()
    await act('depart')
    await act('arrive_at_customer')
    expect((await act('deliver')).status).toBe('delivered')

    const { body: log } = await house.as('dora@demo')(`GET /orders/${placed.id}/events`)
    expect(log.items.map((event: any) => event.type)).toEqual([
      'order.placed',
      'order.accepted',
      'order.offered',
      'order.assigned',
      'order.driver_at_merchant',
      'order.ready',
      'order.picked_up',
      'order.departed',
      'order.driver_at_customer',
      'order.delivered',
    ])
    expect(log.items.map((event: any) => event.seq)).toEqual(log.items.map((_: unknown, index: number) => index + 1))
    const { body: seen } = await house.as('ana@demo')(`GET /orders/${placed.id}/events`)
    expect(seen.items.map((event: any) => event.type)).not.toContain('order.offered')
    const assigned = seen.items.find((event: any) => event.type === 'order.assigned')
    expect(assigned.data).toEqual({ driverId: house.driverIds[0], driverName: 'Driver 0' })
    const { body: earned } = await house.as('driver0@demo')('GET /driver/earnings')
    expect(earned.deliveries).toHaveLength(1)
    expect(earned.deliveries[0]).toMatchObject({ tipMinor: 200, payMinor: offer.payMinor })
    const { body: decisions } = await house.as('dora@demo')(`GET /dispatch/orders/${placed.id}/decisions`)
    expect(decisions.items[0]).toMatchObject({ kind: 'offer', driverName: 'Driver 0' })
    expect(decisions.items[0].candidates.map((one: any) => one.driverName)).toEqual(['Driver 0', 'Driver 1'])
    await offline(0, 1)
  })

  test('[DI1] is offered to the next driver after a decline, and after 30 s of silence', async () => {
    await online(0, 1, 2)
    const placed = await place()
    await accept(placed)
    const offered = (i: number) =>
      eventually(async () => {
        // The lease of the zone is renewed as time goes on.
        house.clock.advance(50)
        expect((await house.as(`driver${i}@demo`)('GET /driver')).body.offers).toHaveLength(1)
      })
    await offered(0)
    await house.as('driver0@demo')(`POST /driver/offers/${placed.id}/decline`, {})
    await offered(1)
    house.clock.advance(30_000)
    for (const i of [0, 1, 2]) house.put(house.driverIds[i]!, house.place)
    await offered(2)
    const late = await house.as('driver1@demo')(`POST /driver/offers/${placed.id}/accept`)
    expect(late).toMatchObject({ status: 409, body: { code: 'offer_expired' } })
    await house.as('driver2@demo')(`POST /driver/offers/${placed.id}/accept`)
    const cancelled = await house.as('dora@demo')(`POST /orders/${placed.id}/cancel`, { reason: 'test' })
    expect(cancelled.body).toMatchObject({ status: 'cancelled', ended: { by: 'dispatcher', reason: 'test' } })
    await offline(0, 1, 2)
  })

  test('[DI2][DI3] without any driver raises an alert after five attempts, tells the customer, and can still be assigned by hand', async () => {
    const placed = await place()
    await accept(placed)
    await eventually(async () => {
      house.clock.advance(10_000)
      expect((await order(placed.id)).noDriverAvailable).toBe(true)
    })
    await online(2)
    const candidates = await house.as('dora@demo')(`GET /dispatch/orders/${placed.id}/candidates`)
    expect(candidates.body.candidates[0]).toMatchObject({ driverName: 'Driver 2', rank: 1 })
    const seen = await order(placed.id)
    const command = { driverId: house.driverIds[2], version: seen.version }
    const assigned = await house.as('dora@demo')(`POST /dispatch/orders/${placed.id}/assign`, command)
    expect(assigned.body.order).toMatchObject({
      delivery: 'assigned',
      pinnedDriverId: house.driverIds[2],
      noDriverAvailable: false,
    })
    const stale = await house.as('dora@demo')(`POST /dispatch/orders/${placed.id}/assign`, {
      ...command,
      driverId: house.driverIds[1],
    })
    expect(stale.status).toBe(409)

    await online(1)
    const others = await house.as('dora@demo')(`GET /dispatch/orders/${placed.id}/candidates`)
    expect(others.body.candidates.map((one: any) => one.driverName)).toContain('Driver 1')
    const moved = await house.as('dora@demo')(`POST /dispatch/orders/${placed.id}/reassign`, { driverId: house.driverIds[1] })
    expect(moved.body.order.driverId).toBe(house.driverIds[1])
    const undone = await house.as('dora@demo')(`POST /dispatch/commands/${moved.body.commandId}/undo`)
    expect(undone.body.order.driverId).toBe(house.driverIds[2])
    const again = await house.as('dora@demo')(`POST /dispatch/commands/${moved.body.commandId}/undo`)
    expect(again.status).toBe(409)
    await house.as('dora@demo')(`POST /orders/${placed.id}/cancel`, {})
    await offline(1, 2)
  })
})

describe('placing an order', () => {
  test('[OR6] twice with one key makes one order and answers the same; the key with another body is refused', async () => {
    const body = await orderBody()
    const headers = { 'idempotency-key': 'same-key' }
    const [first, second] = await Promise.all([
      house.as('bea@demo')('POST /orders', body, headers),
      house.as('bea@demo')('POST /orders', body, headers),
    ])
    expect(second.body).toEqual(first.body)
    expect([first, second].filter((answer) => answer.headers.get('idempotent-replayed') === 'true')).toHaveLength(1)
    const other = await house.as('bea@demo')('POST /orders', { ...body, tipMinor: 1 }, headers)
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } })
    expect((await house.as('bea@demo')('GET /orders')).body.items).toHaveLength(1)
  })

  test('[OR7] is refused with the field and the rule when it breaks one, and changes nothing', async () => {
    const body = await orderBody()
    const { items } = await shop('Casa Dois')
    const far = { ...body.drop, place: { lat: 42, lon: -8 } }
    const cases: [unknown, number, string][] = [
      [{ ...body, lines: [] }, 400, 'too_many_lines'],
      [{ ...body, lines: [{ ...body.lines[0], quantity: 21 }] }, 400, 'invalid_input'],
      [{ ...body, lines: [{ itemId: items[0].id, quantity: 1 }] }, 422, 'item_of_another_merchant'],
      [{ ...body, lines: [{ itemId: crypto.randomUUID(), quantity: 1 }] }, 400, 'invalid_input'],
      [{ ...body, drop: far }, 422, 'outside_zone'],
      [{ ...body, expectedTotalMinor: 1 }, 409, 'action_not_allowed'],
      [{ ...body, merchantId: crypto.randomUUID() }, 404, 'not_found'],
    ]
    const before = (await house.as('ana@demo')('GET /orders')).body.items.length
    for (const [wrong, status, code] of cases) {
      const answer = await house.as('ana@demo')('POST /orders', wrong)
      expect([answer.status, answer.body.code], JSON.stringify(wrong)).toEqual([status, code])
    }
    await house.as('um@demo')('PATCH /merchant/shop', { pausedUntilMs: house.clock.nowMs() + 3_600_000 })
    expect((await house.as('ana@demo')('POST /orders', body)).body.code).toBe('merchant_closed')
    await house.as('um@demo')('PATCH /merchant/shop', { pausedUntilMs: null })
    expect((await house.as('ana@demo')('GET /orders')).body.items).toHaveLength(before)
  })
})

describe('an order', () => {
  test('[OR8] of somebody else is not there, and a stale change says who changed what', async () => {
    const placed = await place()
    expect((await house.as('bea@demo')(`GET /orders/${placed.id}`)).status).toBe(404)
    expect((await house.as('dois@demo')(`POST /merchant/orders/${placed.id}/accept`, { prepMinutes: 5 })).status).toBe(404)
    await accept(placed)
    const stale = await house.as('dora@demo')(`PATCH /orders/${placed.id}/status`, { action: 'ready', version: 1 })
    expect(stale).toMatchObject({
      status: 409,
      body: { code: 'stale_version', changedBy: 'um', change: 'order.accepted', version: 2 },
    })
    const unknown = await house.as('dora@demo')(`PATCH /orders/${placed.id}/status`, { action: 'explode' })
    expect(unknown).toMatchObject({ status: 400, body: { code: 'unknown_action' } })
    await house.as('dora@demo')(`POST /orders/${placed.id}/cancel`, {})
  })
})

describe('the dispatch policy of a zone', () => {
  test('[DI4] changes while the zone runs, is versioned, and a stale change is refused', async () => {
    const staff = house.as('dora@demo')
    const { body: before } = await staff('GET /dispatch/policy')
    expect(before).toMatchObject({ name: 'scored-offers', offerTimeoutS: 30, radiusKm: 5 })
    const changed = await staff('PATCH /dispatch/policy', { version: before.version, offerTimeoutS: 45 })
    expect(changed.body).toMatchObject({ offerTimeoutS: 45, version: before.version + 1 })
    const stale = await staff('PATCH /dispatch/policy', { version: before.version, offerTimeoutS: 20 })
    expect(stale).toMatchObject({ status: 409, body: { code: 'stale_version' } })
    expect((await house.as('um@demo')('GET /dispatch/policy')).status).toBe(403)
    await eventually(async () => expect((await staff('GET /dispatch/policy')).body.offerTimeoutS).toBe(45))
  })
})
