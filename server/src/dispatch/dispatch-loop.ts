import { localHour, seededRng } from '@doorstep/shared/domain'
import type { ZoneState } from '../drivers/index.ts'
import { encodeSnapshot, plan, recordTravel } from '../planner/index.ts'
import { type Clock, holdLease, type Lease, type Log, type Sql } from '../platform/index.ts'
import { actOnDecisions, type ShadowChoices } from './act-on-decisions.ts'
import { buildSnapshot, dropKey, type FleetView, type TravelView } from './build-snapshot.ts'
import { expireOffers } from './expire-offers.ts'
import type { SnapshotKeeper } from './keep-snapshots.ts'
import type { PlanWriter } from './plan-memory.ts'
import type { CarryOutDeps, Round } from './round.ts'
import { planningPolicy, type ZonePolicy } from './zone-policy.ts'

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
  /** Where the last round's plan is left for commands and alerts. */
  planned: PlanWriter
  snapshots: SnapshotKeeper
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
  const shadow: ShadowChoices = new Map()
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let dueAt = Number.POSITIVE_INFINITY
  let running: Promise<void> = Promise.resolve()
  let isRunning = false
  let hasChanged = false

  const lease: Lease = holdLease({
    sql: deps.db,
    clock,
    log,
    name: `dispatch:${state.zoneId}`,
    holder: deps.nodeId,
    onGained: () => schedule(0),
    onLost: deps.planned.clear,
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
    hasChanged = false
    const startMs = Date.now()
    running = (lease.token() === undefined ? Promise.resolve() : tick(deps, { shadow, isOurs: lease.confirm }))
      .catch((error: unknown) => log.error({ err: error, zoneId: state.zoneId }, 'a dispatch tick failed; the next one follows'))
      .finally(() => {
        isRunning = false
        // Ticks never pile up: what changes during one is planned in the next, and a slow one is followed by as long a pause.
        const pauseMs = Math.min(TICK_MS, Math.max(GATHER_MS, Date.now() - startMs))
        schedule(hasChanged ? pauseMs : TICK_MS / Math.min(clock.speed, 10))
      })
  }
  schedule(TICK_MS)
  const unfollow = state.onChange(({ orderIds }) => {
    for (const id of orderIds) if (state.orders.get(id)?.endedAt) deps.travel.closeStop(dropKey(id))
    hasChanged = true
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

/** What a tick is told by its loop. */
export interface TickDeps {
  shadow: ShadowChoices
  isOurs(sql: Sql): Promise<boolean>
}

/** One round: offers that ran out end, the planner sees the zone as it is, and what it decides is carried out or proposed. */
export async function tick(deps: DispatchDeps, { shadow, isOurs }: TickDeps): Promise<void> {
  const { state, clock } = deps
  const startMs = Date.now()
  // One moment for the whole round: an offer that ends between expiring and planning would be made twice.
  const nowMs = clock.nowMs()
  const expired = await expireOffers(deps, { nowMs, isOurs }, [...state.offers.values()].flat())
  if (expired.length > 0) await state.refresh({ orderIds: expired, driverIds: [] })
  const policy = deps.policy()
  const { round, decisions, kept } = decide(deps, policy, nowMs, isOurs)
  const changed = await actOnDecisions(deps, round, decisions, policy, shadow)
  if (changed.length > 0) {
    const driverIds = changed.flatMap((id) => state.orders.get(id)?.driverId ?? [])
    await state.refresh({ orderIds: changed, driverIds })
  }
  if (expired.length + changed.length > 0) deps.committed()
  await kept()
  deps.measured?.({
    durationMs: Date.now() - startMs,
    openOrders: state.orders.size,
    drivers: state.drivers.size,
    decisions: changed.length,
  })
}

/** Plans on what is known at this moment. Synchronous: the state in memory changes only between ticks. */
function decide(deps: DispatchDeps, policy: ZonePolicy, nowMs: number, isOurs: Round['isOurs']) {
  const { state, planned, snapshots, travel, timeZone } = deps
  const { zoneId } = state
  travel.useHour(Math.floor(localHour(nowMs, timeZone)))
  const recording = recordTravel(buildSnapshot({ ...deps, previous: planned.plan() }, nowMs))
  const planning = planningPolicy(policy)
  const result = plan(recording.snapshot, planning, nowMs, seededRng(nowMs))
  planned.keep(result)
  const { snapshotHash: hash } = result
  let keeping: Promise<void> | undefined
  const stored = () => {
    keeping ??= snapshots.keep({ zoneId, hash, atMs: nowMs, bytes: encodeSnapshot(recording.record(), planning, nowMs, nowMs) })
  }
  const round: Round = {
    zoneId,
    nowMs,
    policy: result.policy,
    snapshotHash: hash,
    orders: new Map(state.orders),
    isOurs,
    stored,
  }
  return { round, decisions: result.decisions, kept: async () => keeping }
}
