import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type DispatchSeats, dispatchSeats } from './setup/dispatch-seats.ts'
import { openTestHouse, type TestHouse } from './setup/test-house.ts'

let house: TestHouse
let seats: DispatchSeats
beforeAll(async () => {
  house = await openTestHouse({ policy: { name: 'scored-offers', autonomy: 'veto', vetoWindowS: 20 } })
  seats = dispatchSeats(house)
})
afterAll(() => house.stop())
afterEach(() => seats.clear())

const driver = (i: number) => house.driverIds[i]!
const proposed = (id: string, i: number) =>
  seats.eventually(async () => {
    const order = await seats.onBoard(id)
    expect(order.proposal).toMatchObject({ driverId: driver(i) })
    return order
  })

describe('[DI10] with a veto window', () => {
  test('a driver is proposed, asked when the window is over, and not before', async () => {
    await seats.policy({ name: 'scored-offers', autonomy: 'veto', vetoWindowS: 20 })
    await seats.online(0)
    await seats.online(1)
    const { id } = await seats.order()
    const { proposal } = await proposed(id, 0)
    const waitMs = proposal.actsAtMs - house.clock.nowMs()
    expect(waitMs).toBeGreaterThan(15_000)
    expect(waitMs).toBeLessThanOrEqual(20_000)
    await seats.passPlanned(Math.ceil(waitMs / 1000) - 2)
    expect(await seats.offersOf(0)).toEqual([])
    await seats.eventually(async () => expect(await seats.offersOf(0)).toHaveLength(1))
    expect((await seats.onBoard(id)).proposal).toBeNull()
    const types = (await seats.events(id)).map((event: any) => event.type)
    // Proposed once: the same choice in every round is not news.
    expect(types.filter((type: string) => type === 'order.proposed')).toHaveLength(1)
    expect(types.at(-1)).toBe('order.offered')
    expect((await seats.decisions(id)).map((one: any) => one.kind)).toEqual(['offer', 'proposal'])
  })

  test('a driver whom staff veto is left out, and the next is proposed', async () => {
    await seats.online(0)
    await seats.online(1)
    const { id } = await seats.order()
    await proposed(id, 0)
    await seats.command(id, 'proposal/veto', { reason: 'scooter is broken' })
    await proposed(id, 1)
    await seats.eventually(async () => expect(await seats.offersOf(1)).toHaveLength(1), 1_000)
    expect(await seats.offersOf(0)).toEqual([])
  })

  test('staff may let it act at once, and hold, pin or assign instead', async () => {
    await seats.online(0)
    await seats.online(1)
    const { id } = await seats.order()
    await proposed(id, 0)
    const accepted = await seats.command(id, 'proposal/accept')
    expect(accepted.body.order).toMatchObject({ delivery: 'offered', proposal: null, offer: { driverId: driver(0) } })
    const [offer] = await seats.offersOf(0)
    expect(offer.expiresAtMs - offer.offeredAtMs).toBe(30_000)

    const other = await seats.order()
    await proposed(other.id, 1)
    await seats.command(other.id, 'hold')
    expect((await seats.onBoard(other.id)).proposal).toBeNull()
    await seats.passPlanned(25)
    expect(await seats.offersOf(1)).toEqual([])
    await seats.command(other.id, 'release')
    await proposed(other.id, 1)
    await seats.command(other.id, 'assign', { driverId: driver(1) })
    expect(await seats.onBoard(other.id)).toMatchObject({ proposal: null, driverId: driver(1) })
  })

  test('a proposal goes when its driver does, and when the planner may act by itself again', async () => {
    await seats.online(0)
    const { id } = await seats.order()
    await proposed(id, 0)
    await seats.offline(0)
    await seats.eventually(async () => expect((await seats.onBoard(id)).proposal).toBeNull())
    await seats.online(1)
    await proposed(id, 1)
    await seats.policy({ autonomy: 'auto' })
    await seats.eventually(async () => expect(await seats.offersOf(1)).toHaveLength(1))
    expect((await seats.onBoard(id)).proposal).toBeNull()
    await seats.policy({ autonomy: 'veto' })
  })

  test('late commitment begins its window early enough for the end of it to be in time', async () => {
    await seats.policy({ name: 'joint', autonomy: 'veto', vetoWindowS: 60 })
    await seats.online(0)
    const { id } = await seats.order(15)
    const { proposal, kitchenReadyMs } = await seats.eventually(async () => {
      const order = await seats.onBoard(id)
      expect(order.proposal).not.toBeNull()
      return order
    }, 2_000)
    // The driver is at the merchant's door: told a little before the food may be ready, not when the kitchen took it on.
    expect(proposal.actsAtMs).toBeLessThan(kitchenReadyMs - 60_000)
    expect(proposal.actsAtMs).toBeGreaterThan(kitchenReadyMs - 420_000)
    await seats.policy({ name: 'scored-offers', vetoWindowS: 20 })
  })
})

describe('[DI11] where the planner only suggests', () => {
  test('nobody is asked until staff say so, and the suggestion stays', async () => {
    await seats.policy({ name: 'scored-offers', autonomy: 'suggest' })
    await seats.online(0)
    const { id } = await seats.order()
    expect((await proposed(id, 0)).proposal.actsAtMs).toBeNull()
    await seats.passPlanned(70)
    expect(await seats.offersOf(0)).toEqual([])
    expect((await seats.onBoard(id)).proposal).toMatchObject({ driverId: driver(0) })
    // Staff are slow, which is an alert to them and no news to the customer.
    await seats.eventually(async () => expect((await seats.alerts()).map((alert: any) => alert.class)).toContain('unassigned'))
    expect((await house.as('ana@demo')(`GET /orders/${id}`)).body.noDriverAvailable).toBe(false)
    await seats.command(id, 'proposal/accept')
    expect(await seats.offersOf(0)).toHaveLength(1)
  })

  test('a customer does not hear that there is nobody while staff rule drivers out', async () => {
    await seats.online(0)
    const { id } = await seats.order()
    await proposed(id, 0)
    await seats.command(id, 'proposal/veto')
    await seats.passPlanned(70)
    expect(await seats.onBoard(id)).toMatchObject({ proposal: null, noDriverAvailable: false })
  })
})

describe('[DI12] in shadow', () => {
  test('nothing is done or shown, the choice is kept once, and what staff do is compared with it', async () => {
    await seats.policy({ name: 'scored-offers', autonomy: 'shadow' })
    await seats.online(0)
    await seats.online(1)
    const { id } = await seats.order()
    await seats.eventually(async () =>
      expect(await seats.decisions(id)).toMatchObject([{ kind: 'shadow', driverName: 'Driver 0' }]),
    )
    await seats.passPlanned(70)
    expect(await seats.decisions(id)).toHaveLength(1)
    expect(await seats.onBoard(id)).toMatchObject({ proposal: null, offer: null, delivery: 'waiting', noDriverAvailable: false })
    expect((await seats.events(id)).map((event: any) => event.type)).toEqual(['order.placed', 'order.accepted'])
    await seats.command(id, 'assign', { driverId: driver(1), reason: 'knows the house' })
    const { body } = await seats.staff('GET /dispatch/agreement')
    expect(body.differing[0]).toMatchObject({ orderId: id, driverName: 'Driver 1', plannedDriverName: 'Driver 0' })
  })

  test('nobody being there is not told to the customer either: staff dispatch by their own rules', async () => {
    const { id } = await seats.order()
    await seats.passPlanned(70)
    expect(await seats.onBoard(id)).toMatchObject({ noDriverAvailable: false, attempts: 0 })
  })
})
