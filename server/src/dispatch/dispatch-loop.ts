import { type DriverId, localHour, type OrderId, seededRng } from '@doorstep/shared/domain'
import type { ZoneState } from '../drivers/index.ts'
import { type Plan, plan } from '../planner/index.ts'
import { type Clock, holdLease, type Lease, type Log } from '../platform/index.ts'
import { buildSnapshot, dropKey, type FleetView, type TravelView } from './build-snapshot.ts'
import { type CarryOutDeps, carryOut } from './carry-out.ts'
import { expireOffers } from './expire-offers.ts'
import type { ZonePolicy } from './zone-policy.ts'

/** What a zone's dispatch needs. */
export interface DispatchDeps extends CarryOutDeps {
  clock: Clock
  log: Log
  /** This node's name in the lease. */
  nodeId: string
  state: ZoneState
  timeZone: string
  fleet: FleetView
  travel: TravelView
  policy(): ZonePolicy
  /** Called after a tick that wrote something, so that followers of the log read at once. */
  committed(): void
  /** Told of every tick, for the metrics. */
  measured?(tick: { durationMs: number; openOrders: number; drivers: number; decisions: number }): void
}

/** Dispatch of one zone on this node: it plans while it holds the zone's lease. */
export interface DispatchLoop {
  /** Whether this node plans for the zone now. */
  isLeading(): boolean
  stop(): Promise<void>
}

/** The longest pause between two ticks, in milliseconds of the wall; a clock that runs faster ticks oftener, up to ten times. */
const TICK_MS = 1_000
/** The shortest pause: changes that come together are planned together. */
const GATHER_MS = 20

/** Starts planning for a zone: when something changed and at least every second, on one node at a time. */
export function startDispatch(deps: DispatchDeps): DispatchLoop {
  const { clock, log, state } = deps
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let dueAt = Number.POSITIVE_INFINITY
  let running: Promise<void> = Promise.resolve()
  let isRunning = false
  let previous: Plan | null = null

  const lease: Lease = holdLease({
    sql: deps.db,
    clock,
    log,
    name: `dispatch:${state.zoneId}`,
    holder: deps.nodeId,
    onGained: () => schedule(0),
  })
  const schedule = (delayMs: number) => {
    const at = Date.now() + delayMs
    if (isStopped || isRunning || at >= dueAt) return
    clearTimeout(timer)
    dueAt = at
    timer = setTimeout(run, delayMs)
  }
  const run = () => {
    dueAt = Number.POSITIVE_INFINITY
    isRunning = true
    running = (lease.token() === undefined ? Promise.resolve(null) : tick(deps, previous))
      .then((planned) => {
        previous = planned
      })
      .catch((error: unknown) => log.error({ err: error, zoneId: state.zoneId }, 'a dispatch tick failed; the next one follows'))
      .finally(() => {
        isRunning = false
        schedule(TICK_MS / Math.min(clock.speed, 10))
      })
  }
  schedule(TICK_MS)
  const unfollow = state.onChange(({ orderIds }) => {
    for (const id of orderIds) if (state.orders.get(id)?.endedAt) deps.travel.closeStop(dropKey(id))
    schedule(GATHER_MS)
  })
  return {
    isLeading: () => lease.token() !== undefined,
    async stop() {
      isStopped = true
      unfollow()
      clearTimeout(timer)
      await running
      await lease.stop()
    },
  }
}

/**
 * One round: offers that ran out end, the planner sees the zone as it is, and its decisions are carried out. Answers the plan to
 * start from in the next round.
 */
export async function tick(deps: DispatchDeps, previous: Plan | null): Promise<Plan> {
  const { state, clock } = deps
  const startMs = Date.now()
  // One moment for the whole round: an offer that ends between expiring and planning would be made twice.
  const nowMs = clock.nowMs()
  const expired = await expireOffers(deps, [...state.offers.values()].flat(), nowMs)
  if (expired > 0) await state.refresh({ orderIds: [...state.offers.keys()], driverIds: [] })
  deps.travel.useHour(Math.floor(localHour(nowMs, deps.timeZone)))
  const snapshot = buildSnapshot({ ...deps, previous }, nowMs)
  const versions = new Map([...state.orders.values()].map((order) => [order.id, order.version]))
  const result = plan(snapshot, deps.policy(), nowMs, seededRng(nowMs))
  const changed: OrderId[] = []
  for (const decision of result.decisions)
    changed.push(...(await carryOut(deps, { ...result, versions }, decision, clock.nowMs())))
  if (changed.length > 0) await state.refresh({ orderIds: changed, driverIds: driversOf(state, changed) })
  if (expired + changed.length > 0) deps.committed()
  deps.measured?.({
    durationMs: Date.now() - startMs,
    openOrders: state.orders.size,
    drivers: state.drivers.size,
    decisions: changed.length,
  })
  return result.plan
}

function driversOf(state: ZoneState, orderIds: readonly OrderId[]): DriverId[] {
  return orderIds.flatMap((id) => state.orders.get(id)?.driverId ?? [])
}
