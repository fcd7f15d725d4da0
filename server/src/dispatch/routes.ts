import type { BoardOrder, DispatchBoard, DriverRoute } from '@doorstep/shared/contract'
import type { DriverId, OrderId, ZoneId } from '@doorstep/shared/domain'
import type { StopRef, ZoneState } from '../drivers/index.ts'
import { advanceProblem, findPartysOrder, isParty, type OrderParticipant } from '../orders/index.ts'
import { type Policy, rankCandidates, whatIf } from '../planner/index.ts'
import {
  AppError,
  type Clock,
  type Database,
  type HandleRoute,
  inTransaction,
  type Principal,
  type Sql,
} from '../platform/index.ts'
import { buildSnapshot, type FleetView, type TravelView } from './build-snapshot.ts'
import { type Command, type CommandDone, type CommandError, commandOrder, type PlanStops, undoCommand } from './command-order.ts'
import { decisionsOfOrder } from './decisions-sql.ts'
import { readSources } from './dispatch-loop.ts'
import { toCandidates, toDecision, toLeftOut } from './dispatch-views.ts'
import { type PolicySettings, policyOf, toDispatchPolicy } from './zone-policy.ts'

/** A zone that this node serves. */
export interface DispatchedZone {
  state: ZoneState
  fleet: FleetView
  travel: TravelView
  policy(): Policy
  /** What staff have set, and its version. */
  settings(): { settings: PolicySettings; version: number }
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

/** Mounts the routes of dispatch staff. */
export function mountDispatchRoutes(handle: HandleRoute, deps: DispatchRouteDeps): void {
  const { db, clock, zones } = deps

  handle('GET /dispatch/board', ({ query, principal }) => deps.describeBoard(zoneFor(deps, principal, query.zoneId)))

  handle('GET /dispatch/policy', ({ query, principal }) => {
    const zoneId = zoneFor(deps, principal, query.zoneId)
    const zone = zones.get(zoneId)!
    return toDispatchPolicy(zoneId, zone.settings().version, zone.policy())
  })

  handle('PATCH /dispatch/policy', async ({ query, body, principal, ifMatch }) => {
    const zoneId = zoneFor(deps, principal, query.zoneId)
    const { settings, version } = zones.get(zoneId)!.settings()
    const { version: seen = ifMatch ?? version, ...change } = body
    const next = { ...settings, ...change }
    const made = seen === version ? await deps.replacePolicy(zoneId, next, seen) : undefined
    if (made === undefined)
      throw new AppError('stale_version', 'Somebody changed the policy in the meantime.', { extras: { version } })
    return toDispatchPolicy(zoneId, made, policyOf(next))
  })

  handle('GET /dispatch/drivers/:id/route', async ({ params, principal }) => {
    const zone = [...zones.values()].find(({ state }) => state.drivers.has(params.id))
    if (!zone || !maySeeZone(principal, zone.state.zoneId)) throw new AppError('not_found', 'There is no such driver.')
    return deps.describeRoute(params.id)
  })

  handle('GET /dispatch/orders/:id/candidates', async ({ params, principal }) => {
    const order = await findPartysOrder(db, params.id, principal)
    const zone = zones.get(order.zoneId)
    if (!zone) throw new AppError('unavailable')
    const nowMs = clock.nowMs()
    const snapshot = buildSnapshot(await readSources({ db, ...zone }, null), nowMs)
    const ranked = rankCandidates(snapshot, zone.policy(), order.id, nowMs)
    if (!ranked.ok) throw new AppError('action_not_allowed', 'The order is not with the kitchen yet, or it has ended.')
    const { drivers } = zone.state
    return { atMs: nowMs, candidates: toCandidates(ranked.value, drivers), leftOut: toLeftOut(ranked.value, drivers) }
  })

  handle('GET /dispatch/orders/:id/decisions', async ({ params, principal }) => {
    const order = await findPartysOrder(db, params.id, principal)
    const drivers = zones.get(order.zoneId)?.state.drivers ?? new Map()
    return { items: (await decisionsOfOrder(db, order.id)).map((row) => toDecision(row, drivers)) }
  })

  handle('POST /dispatch/orders/:id/assign', ({ params, body, principal, ifMatch }) =>
    run(deps, principal, params.id, { ...body, kind: 'assign', version: body.version ?? ifMatch ?? undefined }),
  )
  handle('POST /dispatch/orders/:id/reassign', ({ params, body, principal, ifMatch }) =>
    run(deps, principal, params.id, { ...body, kind: 'reassign', version: body.version ?? ifMatch ?? undefined }),
  )
  handle('POST /dispatch/orders/:id/unassign', ({ params, body, principal, ifMatch }) =>
    run(deps, principal, params.id, { ...body, kind: 'unassign', driverId: null, version: body.version ?? ifMatch ?? undefined }),
  )

  handle('POST /dispatch/commands/:id/undo', async ({ params, principal }) => {
    const nowMs = clock.nowMs()
    const undo = { commandId: params.id, actorId: principal.userId, actor: staff(principal), nowMs }
    return finish(deps, null, (sql) =>
      undoCommand(sql, deps.participants, planStopsFrom(deps, nowMs), {
        ...undo,
        mayTouch: (order) => isParty(order, principal),
      }),
    )
  })
}

interface WantedCommand {
  kind: Command['kind']
  driverId: DriverId | null
  version?: number | undefined
  reason?: string | undefined
}

async function run(deps: DispatchRouteDeps, principal: Principal, orderId: OrderId, wanted: WantedCommand) {
  await findPartysOrder(deps.db, orderId, principal)
  const { predictedMs } = await deps.describeOrder(deps.db, orderId)
  const nowMs = deps.clock.nowMs()
  const { kind, driverId, version, reason } = wanted
  const command: Command = {
    kind,
    orderId,
    driverId,
    actorId: principal.userId,
    actor: staff(principal),
    expectedVersion: version,
    reason: reason ?? null,
    nowMs,
  }
  return finish(deps, predictedMs, (sql) => commandOrder(sql, deps.participants, planStopsFrom(deps, nowMs), command))
}

async function finish(
  deps: DispatchRouteDeps,
  predictedMs: number | null,
  work: (sql: Sql) => Promise<{ ok: true; value: CommandDone } | { ok: false; error: CommandError }>,
) {
  const done = await inTransaction(deps.db, async (sql) => {
    const result = await work(sql)
    if (!result.ok) throw commandProblem(result.error)
    return result.value
  })
  deps.committed()
  const { before, after } = done.change
  await deps.zones.get(after.zoneId)?.state.refresh({
    orderIds: [after.id],
    driverIds: [before.driverId, after.driverId].filter((id) => id !== null),
  })
  return {
    commandId: done.id,
    order: await deps.describeOrder(deps.db, after.id),
    before: { driverId: before.driverId, predictedMs },
    canUndo: true,
  }
}

/** The best order of a driver's stops with one order more, planned from memory; empty keeps them as they are. */
function planStopsFrom(deps: DispatchRouteDeps, nowMs: number): PlanStops {
  return (orderId, driverId): readonly StopRef[] => {
    for (const zone of deps.zones.values()) {
      if (!zone.state.drivers.has(driverId)) continue
      const snapshot = buildSnapshot({ ...zone, refusals: new Map(), earnedMinor: new Map(), previous: null }, nowMs)
      const cost = whatIf(snapshot, zone.policy(), orderId, driverId, nowMs)
      return cost.ok ? (cost.value.impact?.route ?? []) : []
    }
    return []
  }
}

const staff = (principal: Principal): Command['actor'] => (principal.role === 'admin' ? 'admin' : 'dispatcher')

const maySeeZone = (principal: Principal, zoneId: ZoneId) => !principal.zoneIds || principal.zoneIds.includes(zoneId)

function zoneFor(deps: DispatchRouteDeps, principal: Principal, wanted: ZoneId | undefined): ZoneId {
  const mine = [...deps.zones.keys()].filter((id) => maySeeZone(principal, id))
  const id = wanted === undefined ? mine[0] : mine.find((one) => one === wanted)
  if (!id) throw new AppError('not_found', 'There is no such zone.')
  return id
}

function commandProblem(error: CommandError): AppError {
  switch (error.kind) {
    case 'unknown_driver':
      return new AppError('not_found', 'There is no such driver in this zone.')
    case 'driver_offline':
      return new AppError('driver_offline', `${error.name} is not online.`)
    case 'already_has_it':
      return new AppError('action_not_allowed', `${error.name} has this order already.`)
    case 'unknown_command':
      return new AppError('not_found', 'There is no such command.')
    case 'already_undone':
      return new AppError('action_not_allowed', 'It has been taken back already.')
    case 'too_late_to_undo':
      return new AppError(
        'action_not_allowed',
        `It cannot be taken back any more: the order is ${error.change.replaceAll('_', ' ')}.`,
      )
    default:
      return advanceProblem(error)
  }
}
