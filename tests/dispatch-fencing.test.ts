import type { DriverId, OrderId } from '@doorstep/shared/domain'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  createPlanMemory,
  type DispatchDeps,
  keepSnapshots,
  policyOf,
  startDispatch,
  tick,
} from '../server/src/dispatch/index.ts'
import { createZoneState, followOrderInDrivers, type ZoneState } from '../server/src/drivers/index.ts'
import type { OrderParticipant } from '../server/src/orders/index.ts'
import { silentLog } from '../server/src/platform/index.ts'
import { type DispatchSeats, dispatchSeats } from './setup/dispatch-seats.ts'
import { openTestHouse, type TestHouse } from './setup/test-house.ts'

let house: TestHouse
let seats: DispatchSeats
beforeAll(async () => {
  // The house's own loop looks on; the loops of the tests are further nodes over its database.
  house = await openTestHouse({ policy: { name: 'scored-offers', autonomy: 'shadow' } })
  seats = dispatchSeats(house)
})
afterAll(() => house.stop())
afterEach(() => seats.clear())

/** A node with its own picture of the zone. `participants` may look on inside its transactions. */
async function node(nodeId: string, participants: OrderParticipant[] = []): Promise<DispatchDeps & { state: ZoneState }> {
  const state = createZoneState(house.db, house.zoneId)
  await state.load()
  const { travel, fleet } = house.app.zones.get(house.zoneId)!
  const { db, clock } = house
  return {
    db,
    clock,
    log: silentLog(),
    nodeId,
    participants: [followOrderInDrivers, ...participants],
    state,
    timeZone: 'Europe/Lisbon',
    fleet,
    travel,
    policy: () => policyOf({ name: 'scored-offers' }),
    planned: createPlanMemory(),
    snapshots: keepSnapshots({ db, clock, log: silentLog(), days: 7 }),
    committed: () => {},
  }
}

const openOffers = async () =>
  (await house.db<{ orderId: OrderId; driverId: DriverId }[]>`select order_id, driver_id from offers where outcome = 'open'`).map(
    ({ orderId }) => orderId,
  )
const leading = async () => true

describe('[DI15] a node that has lost the lease does no harm', () => {
  test('of two that both believe they lead and plan the same orders at the same moment, one offers each order', async () => {
    for (const i of [0, 1, 2]) await seats.online(i)
    const orders = [await seats.order(), await seats.order(), await seats.order()]
    const [a, b] = [await node('a'), await node('b')]
    const shadow = new Map()
    await Promise.all([a, b].map((deps) => tick(deps, { shadow, isOurs: leading })))
    const offered = await openOffers()
    expect(offered.toSorted()).toEqual(orders.map(({ id }) => id as string).toSorted())
    for (const { id } of orders) {
      const types = (await seats.events(id)).map((event: any) => event.type)
      expect(types.filter((type: string) => type === 'order.offered')).toHaveLength(1)
    }
    await Promise.all([a, b].map((deps) => deps.snapshots.stop()))
  })

  test('what it had begun is finished in its time; the rest of its round is refused by the database', async () => {
    for (const i of [0, 1]) await seats.online(i)
    const orders = [await seats.order(), await seats.order()]
    const name = `dispatch:test-${house.zoneId}`
    await house.db`insert into leases (name, holder, token, beat) values (${name}, 'a', 7, 0)`
    const taken: Promise<unknown>[] = []
    // While the first offer is being written, another node takes the lease: it has to wait for that transaction.
    const takeOver: OrderParticipant = async () => {
      if (taken.length === 0)
        taken.push(house.db`update leases set holder = 'b', token = 8 where name = ${name} and token = 7`.execute())
      return {}
    }
    const a = await node('a', [takeOver])
    const isOurs: Parameters<typeof tick>[1]['isOurs'] = async (sql) => {
      // The first has committed by the time the second asks.
      if (taken.length > 0) await taken[0]
      const rows = await sql`select 1 from leases where name = ${name} and holder = 'a' and token = 7 for share`
      return rows.length === 1
    }
    await tick(a, { shadow: new Map(), isOurs })
    await taken[0]
    expect(await openOffers()).toHaveLength(1)
    // The next holder goes on where it stopped, and nothing is offered twice.
    const b = await node('b')
    await tick(b, { shadow: new Map(), isOurs: leading })
    expect((await openOffers()).toSorted()).toEqual(orders.map(({ id }) => id as string).toSorted())
    await Promise.all([a, b].map((deps) => deps.snapshots.stop()))
  })

  test('two loops over one database: one leads, and when it stops renewing the other does, within 5 s of its term', async () => {
    const clockOf = { ...(await node('first')), zone: undefined }
    // A zone of its own name, so that the house's loop does not hold the lease.
    const zoneId = crypto.randomUUID() as typeof house.zoneId
    const own = (deps: DispatchDeps): DispatchDeps => ({ ...deps, state: { ...deps.state, zoneId } })
    const first = startDispatch(own(clockOf))
    await seats.eventually(() => expect(first.isLeading()).toBe(true))
    const second = startDispatch(own(await node('second')))
    for (let i = 0; i < 5; i++) await seats.pass(500)
    expect([first.isLeading(), second.isLeading()]).toEqual([true, false])
    // As if the first had been stopped in the middle: somebody else holds its lease by now.
    await house.db`update leases set holder = 'third', token = token + 1 where name = ${`dispatch:${zoneId}`}`
    await seats.eventually(() => expect(first.isLeading()).toBe(false), 500)
    const sinceMs = house.clock.nowMs()
    await seats.eventually(() => expect([first.isLeading(), second.isLeading()].filter(Boolean)).toHaveLength(1), 250)
    expect(house.clock.nowMs() - sinceMs).toBeLessThan(8_000)
    await Promise.all([first.stop(), second.stop()])
  })
})
