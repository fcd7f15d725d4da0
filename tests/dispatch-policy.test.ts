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
let usual: object
beforeAll(async () => {
  const { zoneId: _, version: __, ...settings } = await inForce()
  usual = settings
})
afterEach(async () => {
  await seats.policy(usual)
  await seats.clear()
})

const inForce = async () => (await seats.staff('GET /dispatch/policy')).body

describe('[DI16] the policy of a zone', () => {
  test('takes every setting, keeps it with a version, and answers it back', async () => {
    const { weights } = await inForce()
    const settings = {
      autonomy: 'suggest',
      vetoWindowS: 45,
      mode: 'assign',
      offerTimeoutS: 40,
      radiusKm: 3,
      maxAttempts: 4,
      retryS: 12,
      maxOrdersPerDriver: 2,
      bundling: { mode: 'same_merchant', maxOrders: 2, withinS: 100 },
      weights: { ...weights, doorPerMin: 33 },
      refuseAfterS: 900,
    }
    for (const [key, value] of Object.entries(settings)) {
      const before = await inForce()
      // One after the other, each from the version the one before made.
      const { status, body } = await seats.staff('PATCH /dispatch/policy', { version: before.version, [key]: value })
      expect([status, body.version, body[key]], key).toEqual([200, before.version + 1, value])
    }
    expect(await inForce()).toMatchObject({ name: 'joint', ...settings })
    const zone = house.app.zones.get(house.zoneId)!
    expect(zone.policy()).toMatchObject({ mode: 'assign', radiusKm: 3, weights: { doorPerMin: 33, unplanned: 20_000 } })
    await seats.policy({ name: 'scored-offers' })
    expect(zone.policy()).toMatchObject({ name: 'scored-offers', radiusKm: 3, weights: { distance: 0.4 } })
  })

  test('is refused with the field and the rule where it makes no sense', async () => {
    const wrong: [object, string][] = [
      [{ autonomy: 'sometimes' }, 'body.autonomy'],
      [{ vetoWindowS: 1 }, 'body.vetoWindowS'],
      [{ mode: 'ask' }, 'body.mode'],
      [{ offerTimeoutS: 0 }, 'body.offerTimeoutS'],
      [{ radiusKm: 100 }, 'body.radiusKm'],
      [{ maxAttempts: 0 }, 'body.maxAttempts'],
      [{ maxOrdersPerDriver: 0 }, 'body.maxOrdersPerDriver'],
      [{ bundling: { mode: 'all', maxOrders: 2, withinS: 10 } }, 'body.bundling.mode'],
      [{ weights: { doorPerMin: -1 } }, 'body.weights.doorPerMin'],
      [{ refuseAfterS: -5 }, 'body.refuseAfterS'],
    ]
    const { version } = await inForce()
    for (const [change, field] of wrong) {
      const { status, body } = await seats.staff('PATCH /dispatch/policy', change)
      expect([status, body.errors.map((one: any) => one.field)], JSON.stringify(change)).toEqual([
        400,
        expect.arrayContaining([field]),
      ])
    }
    expect((await inForce()).version).toBe(version)
  })

  test('assign mode sends the driver outright, and a limit of one order keeps the second from them', async () => {
    await seats.policy({ mode: 'assign', maxOrdersPerDriver: 1 })
    await seats.online(0)
    const ready = async () => {
      const order = await seats.order(3)
      await house.as('um@demo')(`POST /merchant/orders/${order.id}/ready`, {})
      return order
    }
    const first = await ready()
    await seats.eventually(async () => expect(await seats.onBoard(first.id)).toMatchObject({ delivery: 'assigned' }), 1_000)
    const second = await ready()
    await seats.passPlanned(20)
    expect(await seats.onBoard(second.id)).toMatchObject({ delivery: 'waiting' })
    await seats.policy({ maxOrdersPerDriver: null })
    // Told when the driver leaves the merchant with the first.
    await house.as('driver0@demo')(`PATCH /orders/${first.id}/status`, { action: 'pick_up' })
    await seats.eventually(
      async () => expect(await seats.onBoard(second.id)).toMatchObject({ driverId: house.driverIds[0] }),
      1_000,
    )
  })

  test('a change takes effect within a round: a radius that nobody is in finds nobody', async () => {
    await seats.online(0, { lat: house.place.lat + 0.02, lon: house.place.lon })
    await seats.policy({ radiusKm: 0.5 })
    const { id } = await seats.order(3)
    await seats.eventually(async () => expect((await seats.onBoard(id)).attempts).toBeGreaterThan(0), 1_000)
    expect((await seats.decisions(id))[0].leftOut[0]).toMatchObject({ driverName: 'Driver 0', rule: 'too_far' })
    await seats.policy({ radiusKm: 5 })
    await seats.eventually(async () => expect(await seats.offersOf(0)).toHaveLength(1), 1_000)
  })
})

describe('[DI17] an order that cannot be at the door in time', () => {
  test('says so at once and once, to staff and customer, with the reason; then it is carried as early as it can be', async () => {
    await seats.policy({ refuseAfterS: 0 })
    await seats.online(0)
    const { id } = await seats.order(60)
    await seats.eventually(async () => expect(await seats.onBoard(id)).toMatchObject({ noDriverAvailable: true }), 1_000)
    const told = (await seats.events(id)).find((event: any) => event.type === 'order.no_driver_available')
    expect(told.data).toMatchObject({ cause: 'too_late' })
    const { promisedAtMs } = await seats.onBoard(id)
    expect(told.data.bestDropMs).toBeGreaterThan(promisedAtMs)
    expect((await house.as('ana@demo')(`GET /orders/${id}`)).body.noDriverAvailable).toBe(true)
    await seats.eventually(
      async () =>
        expect((await seats.alerts()).map(({ class: kind, orderIds }: any) => [kind, orderIds])).toContainEqual([
          'unassigned',
          [id],
        ]),
      1_000,
    )
    // Nobody decides otherwise: it is planned again, late as it is, and a driver is asked.
    await house.as('um@demo')(`POST /merchant/orders/${id}/ready`, {})
    let types: string[] = []
    for (let waited = 0; waited < 180 && !types.includes('order.offered'); waited += 5) {
      await seats.passPlanned(5)
      types = (await seats.events(id)).map((event: any) => event.type)
    }
    expect(types.at(-1)).toBe('order.offered')
    expect(types.filter((type: string) => type === 'order.no_driver_available')).toHaveLength(1)
  })
})
