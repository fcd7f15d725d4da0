import type { DriverId, OrderId } from '@doorstep/shared/domain'
import { watchZone, type ZoneAlerts } from '../alerts/index.ts'
import type { Bus } from '../bus/index.ts'
import type { Catalog, ServiceZone } from '../catalog/index.ts'
import {
  createPlanMemory,
  type DispatchedZone,
  type DispatchLoop,
  type PlanWriter,
  type PolicySettings,
  policyOf,
  type SnapshotKeeper,
  startDispatch,
  type TravelView,
} from '../dispatch/index.ts'
import { createZoneState, followOrderInDrivers, type ZoneState } from '../drivers/index.ts'
import { type Fleet, foldEvent, setOrderDriver, setShift } from '../fleet/index.ts'
import type { Clock, Database, Log, Metrics } from '../platform/index.ts'
import type { FleetPositions, Tracker } from '../tracking/index.ts'

/** What serving a zone needs of the node. */
export interface ZoneDeps {
  db: Database
  clock: Clock
  log: Log
  metrics: Metrics
  bus: Bus
  nodeId: string
  fleet: Fleet
  positions: FleetPositions
  travel: TravelView
  catalog: Catalog
  snapshots: SnapshotKeeper
  committed(): void
}

/** A zone this node serves: its state in memory, kept current by the bus. */
export interface ServedZone extends DispatchedZone {
  zone: ServiceZone
  fleet: FleetPositions
  planned: PlanWriter
  stop(): Promise<void>
}

/** Loads a zone and follows its events: every event is folded into the fleet and what it names is read anew. */
export async function serveZone(deps: ZoneDeps, zone: ServiceZone): Promise<ServedZone> {
  const { bus, db, fleet, log } = deps
  const state = createZoneState(db, zone.id)
  const load = async () => {
    await state.load()
    foldState(fleet, state)
  }
  const failed = (error: unknown) =>
    log.error({ err: error, zoneId: zone.id }, 'the state of a zone could not be read; the next event tries again')
  const unfollow = await bus.follow(zone.id, {
    onEvent(event) {
      foldEvent(fleet, zone.id, event)
      const { orderId, driverId, previousDriverId } = event.subjects
      state
        .refresh({
          orderIds: orderId ? [orderId as OrderId] : [],
          driverIds: [driverId, previousDriverId].filter((id): id is DriverId => id !== undefined),
        })
        .catch(failed)
    },
    onGap: () => void load().catch(failed),
  })
  await load()
  const policy = followPolicy(deps, zone)
  return {
    zone,
    state,
    travel: deps.travel,
    fleet: deps.positions,
    planned: createPlanMemory(),
    snapshots: deps.snapshots,
    policy: policy.policy,
    settings: policy.settings,
    readPolicy: policy.look,
    async stop() {
      policy.stop()
      unfollow()
    },
  }
}

/** How often a zone's policy is looked up again, in ms of the wall; another node may have changed it. */
const POLICY_EVERY_MS = 2_000

/** Keeps a zone's policy as staff set it, changes of other nodes included. */
function followPolicy({ catalog, log }: ZoneDeps, zone: ServiceZone) {
  let current = { settings: zone.policy as PolicySettings, version: zone.policyVersion }
  let policy = policyOf(current.settings)
  const look = async () => {
    const now = await catalog.policyOf(zone.id)
    if (!now || now.policyVersion <= current.version) return
    current = { settings: now.policy as PolicySettings, version: now.policyVersion }
    policy = policyOf(current.settings)
    log.info({ zoneId: zone.id, policy: policy.name, version: current.version }, 'the dispatch policy changed')
  }
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.warn({ err: error, zoneId: zone.id }, 'the dispatch policy could not be read'))
  }, POLICY_EVERY_MS)
  return { policy: () => policy, settings: () => current, look, stop: () => clearInterval(timer) }
}

/** Puts what the database knows about shifts and orders into the fleet. */
function foldState(fleet: Fleet, state: ZoneState): void {
  for (const driver of state.drivers.values()) {
    const { id: driverId, zoneId, vehicle, maxOrders } = driver
    setShift(fleet, { driverId, zoneId, vehicle, maxOrders, shift: driver.shiftStartedAt === null ? 'offline' : 'online' })
  }
  for (const order of state.orders.values()) {
    if (order.driverId) setOrderDriver(fleet, order.id, order.driverId, order.pickedUpAt !== null)
  }
}

/** Starts planning for a served zone. */
export function dispatchZone(deps: ZoneDeps, served: ServedZone): DispatchLoop {
  const { metrics } = deps
  const seconds = metrics.histogram('doorstep_dispatch_tick_seconds', 'Time of one dispatch tick', ['zone'])
  const decisions = metrics.counter('doorstep_dispatch_decisions_total', 'Decisions carried out', ['zone'])
  const open = metrics.gauge('doorstep_open_orders', 'Orders that have not ended', ['zone'])
  const zone = served.zone.name
  return startDispatch({
    db: deps.db,
    clock: deps.clock,
    log: deps.log,
    nodeId: deps.nodeId,
    participants: [followOrderInDrivers],
    state: served.state,
    timeZone: served.zone.timeZone,
    fleet: served.fleet,
    travel: served.travel,
    policy: served.policy,
    planned: served.planned,
    snapshots: deps.snapshots,
    committed: deps.committed,
    measured(tick) {
      seconds.observe({ zone }, tick.durationMs / 1000)
      decisions.inc({ zone }, tick.decisions)
      open.set({ zone }, tick.openOrders)
    },
  })
}

/** Looks for what is going wrong every two seconds of the wall, and tells what changed. */
export function watchForAlerts(
  tracker: Tracker,
  served: ServedZone,
  changed: (change: ReturnType<ZoneAlerts['look']>) => void,
): ZoneAlerts & { stop(): void } {
  const { planned } = served
  const alerts = watchZone(tracker, tracker.zones.get(served.zone.id)!, {
    lateS: (id) => planned.warning(id)?.lateS ?? null,
    cannotKeepPin: (id) => planned.warning(id)?.reason === 'pin_cannot_be_kept',
    isStaffsTurn: () => ['shadow', 'suggest'].includes(served.policy().autonomy),
  })
  const look = () => {
    const change = alerts.look()
    if (change.raised.length + change.cleared.length > 0) changed(change)
  }
  const timer = setInterval(look, 2_000)
  return { ...alerts, stop: () => clearInterval(timer) }
}
