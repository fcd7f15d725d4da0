import type { Alert, DispatchBoard } from '@doorstep/shared/contract'
import type { DriverId, MerchantId, OrderId, ZoneId } from '@doorstep/shared/domain'
import type { Catalog } from '../catalog/index.ts'
import type { LiveTopics } from '../live/index.ts'
import { findOrder, isParty, rememberLines } from '../orders/index.ts'
import type { Database, Principal } from '../platform/index.ts'
import { describeDriver, describeMerchantBoard, describeOrder, type Tracker } from '../tracking/index.ts'
import { changesOf, mayConcern } from './live-changes.ts'

/** What the topics read. */
export interface TopicDeps {
  db: Database
  catalog: Catalog
  tracker: Tracker
  describeBoard(zoneId: ZoneId): DispatchBoard
  alertsOf(zoneId: ZoneId): readonly Alert[]
}

/** Who may follow which topic, what it holds, and what events mean for it. */
export function liveTopics(deps: TopicDeps): LiveTopics {
  const { db, catalog, tracker } = deps
  const linesOf = rememberLines(db)
  const zoneTopic = {
    open: async (principal: Principal, id: string) =>
      isStaffOf(principal, id) && tracker.zones.has(id as ZoneId) ? { zoneId: id } : null,
  }
  return {
    sources: {
      order: {
        async open(principal, id) {
          const order = await findOrder(db, id as OrderId)
          return order && isParty(order, principal) ? { zoneId: order.zoneId } : null
        },
        snapshot: (principal, id) => describeOrder(db, tracker, id as OrderId, principal),
      },
      driver: {
        async open(principal, id) {
          const zone = [...tracker.zones.values()].find(({ state }) => state.drivers.has(id as DriverId))
          return zone && (principal.driverId === id || isStaffOf(principal, zone.zoneId)) ? { zoneId: zone.zoneId } : null
        },
        snapshot: (_principal, id) => describeDriver(db, tracker, id as DriverId),
      },
      merchant: {
        async open(principal, id) {
          const merchant = await catalog.merchantForOrder(id as MerchantId, tracker.clock.nowMs())
          return merchant && (principal.merchantId === id || isStaffOf(principal, merchant.zoneId))
            ? { zoneId: merchant.zoneId }
            : null
        },
        async snapshot(_principal, id) {
          const { name, prepMinutes, timeZone } = await catalog.merchant(id as MerchantId)
          return describeMerchantBoard(db, tracker, { id: id as MerchantId, name, prepMinutes, timeZone })
        },
      },
      zone_orders: { ...zoneTopic, snapshot: async (_principal, id) => deps.describeBoard(id as ZoneId) },
      zone_alerts: { ...zoneTopic, snapshot: async (_principal, id) => ({ alerts: deps.alertsOf(id as ZoneId) }) },
    },
    mayWatchFleet: (principal, zoneId) => isStaffOf(principal, zoneId),
    mayConcern,
    async changes(zoneId, event, isWatched) {
      const zone = tracker.zones.get(zoneId as ZoneId)
      return zone ? changesOf({ db, tracker, linesOf }, zone, event, isWatched) : []
    },
  }
}

function isStaffOf(principal: Principal, zoneId: string): boolean {
  const isStaff = principal.role === 'dispatcher' || principal.role === 'admin'
  return isStaff && (!principal.zoneIds || principal.zoneIds.includes(zoneId as ZoneId))
}
