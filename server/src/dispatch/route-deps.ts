import type { BoardOrder, DispatchBoard, DriverRoute } from '@doorstep/shared/contract'
import type { DriverId, OrderId, ZoneId } from '@doorstep/shared/domain'
import type { ZoneState } from '../drivers/index.ts'
import type { OrderParticipant } from '../orders/index.ts'
import type { Clock, Database, Sql } from '../platform/index.ts'
import type { FleetView, TravelView } from './build-snapshot.ts'
import type { SnapshotKeeper } from './keep-snapshots.ts'
import type { PlanMemory } from './plan-memory.ts'
import type { PolicySettings, ZonePolicy } from './zone-policy.ts'

/** A zone that this node serves. */
export interface DispatchedZone {
  state: ZoneState
  fleet: FleetView
  travel: TravelView
  /** What this node plans for the zone, while it is the one that does. */
  planned: PlanMemory
  /** Keeps what decisions were made from. */
  snapshots: SnapshotKeeper
  policy(): ZonePolicy
  /** What staff have set, and its version. */
  settings(): { settings: PolicySettings; version: number }
  /** Reads them anew: another node may have changed them a moment ago. */
  readPolicy(): Promise<void>
}

/** What the routes of dispatch staff need; the describing functions answer what the console shows. */
export interface DispatchRouteDeps {
  db: Database
  clock: Clock
  participants: readonly OrderParticipant[]
  committed(): void
  zones: ReadonlyMap<ZoneId, DispatchedZone>
  /** Keeps a zone's settings if they still have the version seen; undefined when somebody was faster. */
  replacePolicy(zoneId: ZoneId, settings: PolicySettings, seenVersion: number): Promise<number | undefined>
  describeBoard(zoneId: ZoneId): Promise<DispatchBoard>
  describeOrder(sql: Sql, id: OrderId): Promise<BoardOrder>
  describeRoute(id: DriverId): Promise<DriverRoute>
}
