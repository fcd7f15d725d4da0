import type { BoardOrder, BulkResult, CommandResult } from '@doorstep/shared/contract'
import type { DriverId, OrderId, Result } from '@doorstep/shared/domain'
import type { StopRef } from '../drivers/index.ts'
import { findPartysOrder, isParty, openOrdersOfDriver } from '../orders/index.ts'
import { whatIf } from '../planner/index.ts'
import { AppError, type HandleRoute, inTransaction, type Principal, type Sql } from '../platform/index.ts'
import { type CommandDeps, type CommandDone, type CommandedBy, commandOrder } from './command-order.ts'
import { commandProblem } from './command-problem.ts'
import type { CommandError, WantedCommand } from './command-step.ts'
import { lastPlannedDriver } from './decisions-sql.ts'
import { controlOf } from './order-control.ts'
import { carryOutProposal } from './proposal.ts'
import type { DispatchedZone, DispatchRouteDeps } from './route-deps.ts'
import { snapshotOf, zoneOfDriver, zoneOfDriverFor } from './served-zones.ts'
import { type StaffChoice, storeChoice, weighChoice } from './staff-choice.ts'
import { undoCommand } from './undo-command.ts'
import { planningPolicy } from './zone-policy.ts'

interface Seen {
  version?: number | undefined
  reason?: string | undefined
}

/** Mounts what staff command: each route is one command for one order, and moving a route is one for each of its orders. */
export function mountCommandRoutes(handle: HandleRoute, deps: DispatchRouteDeps): void {
  const run = (
    request: { params: { id: OrderId }; body: Seen; principal: Principal; ifMatch: number | null | undefined },
    wanted: WantedCommand,
  ) =>
    runCommand(deps, request.principal, request.params.id, wanted, {
      ...request.body,
      version: request.body.version ?? request.ifMatch ?? undefined,
    })

  handle('POST /dispatch/orders/:id/assign', (request) => run(request, { kind: 'assign', driverId: request.body.driverId }))
  handle('POST /dispatch/orders/:id/reassign', (request) => run(request, { kind: 'reassign', driverId: request.body.driverId }))
  handle('POST /dispatch/orders/:id/unassign', (request) => run(request, { kind: 'unassign' }))
  handle('POST /dispatch/orders/:id/pin', (request) => run(request, { kind: 'pin', driverId: request.body.driverId }))
  handle('POST /dispatch/orders/:id/hold', (request) => run(request, { kind: 'hold' }))
  handle('POST /dispatch/orders/:id/release', (request) => run(request, { kind: 'release' }))
  handle('POST /dispatch/orders/:id/priority', (request) => run(request, { kind: 'prioritise', priority: request.body.priority }))
  handle('POST /dispatch/orders/:id/extend', (request) => run(request, { kind: 'extend', minutes: request.body.minutes }))
  handle('POST /dispatch/orders/:id/proposal/accept', (request) => run(request, { kind: 'accept_proposal' }))
  handle('POST /dispatch/orders/:id/proposal/veto', (request) => run(request, { kind: 'veto_proposal' }))

  handle('POST /dispatch/commands/:id/undo', ({ params, principal }) => {
    const by = commandedBy(deps, principal, null)
    const mayTouch = (order: Parameters<typeof isParty>[0]) => isParty(order, principal)
    return finish(deps, null, (sql) => undoCommand(sql, depsFor(deps, by.nowMs), { ...by, commandId: params.id, mayTouch }))
  })

  handle('POST /dispatch/drivers/:id/move-route', async ({ params, body, principal }) => {
    zoneOfDriverFor(deps, params.id, principal)
    const had = await openOrdersOfDriver(deps.db, params.id)
    const wanted = body.orders ?? had.map(({ id }) => ({ id, version: undefined }))
    const items: BulkResult['items'] = []
    // One after the other: each is planned into the route as the ones before have left it.
    for (const { id, version } of wanted) {
      const seen = { version, reason: body.reason }
      const number = had.find((order) => order.id === id)?.number ?? 0
      items.push({ orderId: id, number, ...(await moved(deps, principal, params.id, id, body.toDriverId, seen)) })
    }
    return { items }
  })
}

/** Moves one order of a driver's route; a refusal is this order's own result. */
async function moved(
  deps: DispatchRouteDeps,
  principal: Principal,
  fromDriverId: DriverId,
  orderId: OrderId,
  driverId: DriverId,
  seen: Seen,
): Promise<Pick<BulkResult['items'][number], 'commandId' | 'problem'>> {
  try {
    const order = await findPartysOrder(deps.db, orderId, principal)
    if (order.driverId !== fromDriverId) throw new AppError('action_not_allowed', 'Another driver has it by now.')
    const { commandId } = await runCommand(deps, principal, orderId, { kind: 'reassign', driverId }, seen)
    return { commandId, problem: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { commandId: null, problem: { code: error.code, detail: error.message } }
  }
}

async function runCommand(
  deps: DispatchRouteDeps,
  principal: Principal,
  orderId: OrderId,
  wanted: WantedCommand,
  { version, reason }: Seen,
): Promise<CommandResult> {
  const order = await findPartysOrder(deps.db, orderId, principal)
  const { predictedMs } = await deps.describeOrder(deps.db, orderId)
  const by = commandedBy(deps, principal, reason ?? null)
  const choice = await choiceOf(deps, order.id, wanted, by.nowMs)
  const command = { ...by, orderId, wanted, expectedVersion: version, choice }
  return finish(deps, predictedMs, (sql) => commandOrder(sql, depsFor(deps, by.nowMs), command))
}

/** How the planner sees the driver that a command chooses. */
async function choiceOf(
  { db, zones }: DispatchRouteDeps,
  orderId: OrderId,
  wanted: WantedCommand,
  nowMs: number,
): Promise<StaffChoice | null> {
  if (wanted.kind !== 'assign' && wanted.kind !== 'reassign') return null
  const zone = [...zones.values()].find(({ state }) => state.orders.has(orderId))
  const order = zone?.state.orders.get(orderId)
  if (!zone || !order) return null
  const proposed = order.proposedDriverId ?? zone.planned.plannedDriver(orderId) ?? (await lastPlannedDriver(db, orderId))
  const snapshot = snapshotOf(zone, nowMs)
  return weighChoice(snapshot, planningPolicy(zone.policy()), { orderId, driverId: wanted.driverId, proposed }, nowMs)
}

async function finish(
  deps: DispatchRouteDeps,
  predictedMs: number | null,
  work: (sql: Sql) => Promise<Result<CommandDone, CommandError>>,
): Promise<CommandResult> {
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
  const order: BoardOrder = await deps.describeOrder(deps.db, after.id)
  return { commandId: done.id, order, before: { ...controlOf(before), predictedMs }, canUndo: true }
}

function depsFor(deps: DispatchRouteDeps, nowMs: number): CommandDeps {
  return {
    participants: deps.participants,
    carryOutProposal: (sql, order, by) => {
      const zone = deps.zones.get(order.zoneId)
      if (!zone) throw new AppError('unavailable')
      return carryOutProposal(sql, deps, order, by, zone.policy())
    },
    planStops: (orderId, driverId) => bestStops(zoneOfDriver(deps, driverId), orderId, driverId, nowMs),
    storeChoice(sql, order, choice, nowMs) {
      // Not waited for: what it was weighed on is kept in a transaction of its own.
      const { snapshotHash: hash, seen: bytes } = choice
      void deps.zones.get(order.zoneId)?.snapshots.keep({ zoneId: order.zoneId, hash, atMs: nowMs, bytes })
      return storeChoice(sql, order, choice, nowMs)
    },
  }
}

/** The best order of a driver's stops with one order more, planned from memory; empty keeps them as they are. */
function bestStops(zone: DispatchedZone | undefined, orderId: OrderId, driverId: DriverId, nowMs: number): readonly StopRef[] {
  if (!zone) return []
  const snapshot = snapshotOf(zone, nowMs)
  const cost = whatIf(snapshot, planningPolicy(zone.policy()), orderId, driverId, nowMs)
  return cost.ok ? (cost.value.impact?.route ?? []) : []
}

const commandedBy = (deps: DispatchRouteDeps, principal: Principal, reason: string | null): CommandedBy => ({
  actorId: principal.userId,
  actor: principal.role === 'admin' ? 'admin' : 'dispatcher',
  reason,
  nowMs: deps.clock.nowMs(),
})
