import type { DriverId } from '@doorstep/shared/domain'
import type { Bus } from '../bus/index.ts'
import { driverAt, type Fleet, moveDriver, slotOf, slotOfBytes } from '../fleet/index.ts'
import type { Clock, Database, Log, Metrics, RedisConnector } from '../platform/index.ts'
import type { FixRule } from './fix-rules.ts'
import { keepLastPositions } from './keep-last-positions.ts'
import { keepLivePositions } from './keep-live-positions.ts'
import { type NearbyDriver, type NearbyQuery, nearbyDrivers } from './nearby-drivers.ts'
import { type BatchFix, readBatch } from './position-batch.ts'
import { recordBreadcrumbs } from './record-breadcrumbs.ts'
import { positionTaker } from './take-positions.ts'

/** Positions are put on the bus this often. */
const TICK_MS = 250

/** What the room needs. */
export interface PositionDeps {
  bus: Bus
  fleet: Fleet
  clock: Clock
  db: Database
  log: Log
  metrics: Metrics
  /** Days that breadcrumbs are kept. */
  retentionDays: number
  /** Where live positions are kept for nodes that start later, with many nodes. */
  redis?: RedisConnector | undefined
}

/** Where positions come in, and from where they go to the bus, the fleet and the database. */
export interface Positions {
  /** Takes a driver's fix; undefined, or the rule it broke. */
  take(driverId: DriverId, fix: BatchFix): FixRule | undefined
  /** The same by slot, for a connection that knows its driver's. */
  takeSlot(slot: number, fix: BatchFix): FixRule | undefined
  nearby(query: NearbyQuery): NearbyDriver[]
  /** Follows the positions of a zone, whichever node took them; the answer ends it. */
  serveZone(zoneId: string): Promise<() => void>
  /** Puts last known positions of the zones served into the fleet, the latest of each driver; call it once its drivers are known. */
  loadLast(): Promise<number>
  /** Calls back after positions of a zone were folded into the fleet; the answer ends it. */
  onMoved(listener: (zoneId: string) => void): () => void
  stop(): Promise<void>
}

/** Starts taking positions in. A position goes to the bus, and only from there into the fleet, on this node as on any other. */
export function createPositions(deps: PositionDeps): Positions {
  const { bus, fleet, clock, db, log } = deps
  const count = countOutcomes(deps.metrics)
  const listeners = new Set<(zoneId: string) => void>()
  const recorder = recordBreadcrumbs({
    ...{ db, clock, log, retentionDays: deps.retentionDays },
    whoIs: (slot) => ({ driverId: driverAt(fleet, slot), zoneId: fleet.zones[fleet.zone[slot]!]! }),
    onWritten: count.chunksWritten,
    onLost: count.chunksLost,
  })
  const keeper = keepLastPositions({ sql: db, clock, log, fleet })
  const live = deps.redis && keepLivePositions({ connect: deps.redis, clock, log, fleet })
  const served = new Set<string>()
  const taker = positionTaker(fleet, (slot, fix) => {
    recorder.add(slot, fix)
    keeper.note(slot)
    live?.note(slot)
  })
  const takeSlot = (slot: number, fix: BatchFix) => {
    const broken = taker.take(slot, fix, clock.nowMs())
    count.outcome(broken ?? 'taken')
    return broken
  }

  let cancel = () => {}
  const tick = () => {
    taker.flush(clock.nowMs(), (zoneId, batch) => bus.send(zoneId, 'positions', batch))
    count.flush()
    cancel = clock.after(TICK_MS * clock.speed, tick)
  }
  tick()

  return {
    take: (driverId, fix) => takeSlot(slotOf(fleet, driverId), fix),
    takeSlot,
    nearby: (query) => nearbyDrivers(fleet, query, clock.nowMs()),
    async serveZone(zoneId) {
      served.add(zoneId)
      const fold = (view: DataView, idAt: number, fix: BatchFix) => {
        const slot = slotOfBytes(fleet, view, idAt)
        if (slot >= 0) moveDriver(fleet, slot, fix)
      }
      return bus.listen(zoneId, 'positions', (bytes) => {
        if (!readBatch(bytes, fold)) log.warn({ zoneId, bytes: bytes.byteLength }, 'a batch of positions was not understood')
        for (const listener of listeners) listener(zoneId)
      })
    },
    async loadLast() {
      const fromRedis = live && bus.isConnected() ? await live.load(served) : 0
      return fromRedis + (await keeper.load())
    },
    onMoved(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async stop() {
      cancel()
      taker.flush(clock.nowMs(), (zoneId, batch) => bus.send(zoneId, 'positions', batch))
      await Promise.all([recorder.stop(), keeper.stop(), live?.stop()])
    },
  }
}

/** Counts in plain numbers and hands them to the metrics once a tick: a labelled counter would cost more than a position. */
function countOutcomes(metrics: Metrics) {
  const outcomes = metrics.counter('doorstep_positions_total', 'Positions by what became of them', ['outcome'])
  const chunks = metrics.counter('doorstep_breadcrumb_chunks_total', 'Packed minutes of breadcrumbs', ['outcome'])
  const counts = new Map<string, number>()
  return {
    outcome: (name: FixRule | 'taken') => counts.set(name, (counts.get(name) ?? 0) + 1),
    chunksWritten: (n: number) => chunks.inc({ outcome: 'written' }, n),
    chunksLost: (n: number) => chunks.inc({ outcome: 'lost' }, n),
    flush() {
      for (const [outcome, n] of counts) outcomes.inc({ outcome }, n)
      counts.clear()
    },
  }
}
