import type { DriverId, ZoneId } from '@doorstep/shared/domain'
import type { Accounts } from '../accounts/index.ts'
import type { Catalog } from '../catalog/index.ts'
import { type CityPack, formatAddress } from '../city/index.ts'
import { lastEventMs, PROMISE_ALLOWANCE_MIN } from '../orders/index.ts'
import type { Clock, Database } from '../platform/index.ts'
import { makeDemoHistory } from './demo-history.ts'
import { ensureDemoPeople } from './demo-people.ts'
import { type CityTravel, estimateLeg } from './estimate-leg.ts'

/** What a demo is made from. */
export interface DemoDeps {
  /** Drivers to make. */
  drivers: number
  /** Whether simulated people will carry on what the past left open. */
  simulation: boolean
  /** Orders an hour at the peak. */
  ordersPerHour: number
  db: Database
  clock: Clock
  accounts: Accounts
  catalog: Catalog
  zoneId: ZoneId
  pack: CityPack
  travel: CityTravel
  say(line: string): void
}

/** Makes the demo's people, and at the first start its past: yesterday's orders, and tonight's in every stage. */
export async function prepareDemo(deps: DemoDeps): Promise<void> {
  const { db, clock, accounts, catalog, zoneId, pack } = deps
  await ensureDemoPeople(deps, zoneId, pack.manifest.centre, Math.max(1, deps.drivers))
  if ((await lastEventMs(db)) > 0 || deps.drivers === 0 || !deps.simulation) return
  const startedMs = performance.now()
  const zone = await catalog.zoneForOrder(zoneId)
  const [drivers, customers] = await Promise.all([accounts.demoUsers('driver'), accounts.demoUsers('customer')])
  const { addresses } = await pack.addresses()
  const made = await makeDemoHistory(
    {
      db,
      catalog,
      zone: zone!,
      placing: { catalog, estimateLeg: estimateLeg(deps.travel), promiseAllowanceMinutes: PROMISE_ALLOWANCE_MIN },
      ordersPerHour: deps.ordersPerHour,
      seed: 42,
      cast: {
        customers: customers.slice(1).map((user) => user.id),
        // The first seats are left to whoever opens the links.
        drivers: drivers.slice(1).flatMap((user) => (user.driverId ? [{ id: user.driverId as DriverId, userId: user.id }] : [])),
        addresses: addresses.map((address) => ({
          place: { lat: address.lat, lon: address.lon },
          address: formatAddress(address.street, address.number, pack.manifest.country),
        })),
      },
    },
    clock.nowMs(),
  )
  deps.say(
    `  history: ${made.orders} orders, ${made.open} of them open now, ${((performance.now() - startedMs) / 1000).toFixed(1)} s`,
  )
}
