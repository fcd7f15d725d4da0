import type { OrderId } from '@doorstep/shared/domain'
import { findPartysOrder } from '../orders/index.ts'
import { rankCandidates, whatIf } from '../planner/index.ts'
import { AppError, type HandleRoute, type Principal } from '../platform/index.ts'
import { countChoices, differingChoices } from './agreement-sql.ts'
import { mountCommandRoutes } from './command-routes.ts'
import { decisionsOfOrder } from './decisions-sql.ts'
import { toCandidates, toDecision, toLeftOut, toWhatIf, unseenDrivers, whyUnseen } from './dispatch-views.ts'
import type { DispatchRouteDeps } from './route-deps.ts'
import { snapshotOf, zoneFor, zoneOfDriverFor } from './served-zones.ts'
import { planningPolicy, toDispatchPolicy } from './zone-policy.ts'

/** Mounts the routes of dispatch staff. */
export function mountDispatchRoutes(handle: HandleRoute, deps: DispatchRouteDeps): void {
  const { db, clock, zones } = deps
  mountCommandRoutes(handle, deps)

  handle('GET /dispatch/board', ({ query, principal }) => deps.describeBoard(zoneFor(deps, principal, query.zoneId)))

  handle('GET /dispatch/policy', async ({ query, principal }) => {
    const zoneId = zoneFor(deps, principal, query.zoneId)
    const zone = zones.get(zoneId)!
    await zone.readPolicy()
    return toDispatchPolicy(zoneId, zone.settings().version, zone.settings().settings)
  })

  handle('PATCH /dispatch/policy', async ({ query, body, principal, ifMatch }) => {
    const zoneId = zoneFor(deps, principal, query.zoneId)
    const zone = zones.get(zoneId)!
    await zone.readPolicy()
    const { settings, version } = zone.settings()
    const { version: seen = ifMatch ?? version, ...change } = body
    const next = { ...settings, ...change }
    const made = seen === version ? await deps.replacePolicy(zoneId, next, seen) : undefined
    await zone.readPolicy()
    if (made === undefined)
      throw new AppError('stale_version', 'Somebody changed the policy in the meantime.', { extras: { version } })
    return toDispatchPolicy(zoneId, made, next)
  })

  handle('GET /dispatch/drivers/:id/route', async ({ params, principal }) => {
    zoneOfDriverFor(deps, params.id, principal)
    return deps.describeRoute(params.id)
  })

  handle('GET /dispatch/orders/:id/candidates', async ({ params, principal }) => {
    const { zone, order } = await zoneOfOrder(deps, params.id, principal)
    const nowMs = clock.nowMs()
    const snapshot = snapshotOf(zone, nowMs)
    const ranked = rankCandidates(snapshot, planningPolicy(zone.policy()), order.id, nowMs)
    if (!ranked.ok) throw notOpen()
    const { drivers } = zone.state
    return {
      atMs: nowMs,
      candidates: toCandidates(ranked.value, drivers),
      leftOut: [...toLeftOut(ranked.value, drivers), ...unseenDrivers(zone)],
    }
  })

  handle('GET /dispatch/orders/:id/decisions', async ({ params, principal }) => {
    const order = await findPartysOrder(db, params.id, principal)
    const drivers = zones.get(order.zoneId)?.state.drivers ?? new Map()
    return { items: (await decisionsOfOrder(db, order.id)).map((row) => toDecision(row, drivers)) }
  })

  handle('GET /dispatch/orders/:id/what-if', async ({ params, query, principal }) => {
    const { zone, order } = await zoneOfOrder(deps, params.id, principal)
    const nowMs = clock.nowMs()
    const snapshot = snapshotOf(zone, nowMs)
    const cost = whatIf(snapshot, planningPolicy(zone.policy()), order.id, query.driverId, nowMs)
    if (cost.ok) return toWhatIf(cost.value, zone.policy(), zone.state, nowMs)
    if (cost.error.kind === 'unknown_order') throw notOpen()
    const driver = zone.state.drivers.get(query.driverId)
    if (!driver) throw new AppError('not_found', 'There is no such driver in this zone.')
    const excludedBy = { driverId: driver.id, driverName: driver.name, ...whyUnseen(driver), detail: null }
    return { atMs: nowMs, impact: null, terms: [], costMinor: null, excludedBy }
  })

  handle('GET /dispatch/agreement', async ({ query, principal }) => {
    const id = zoneFor(deps, principal, query.zoneId)
    const sinceMs = query.sinceMs ?? clock.nowMs() - 86_400_000
    const [counts, differing] = await Promise.all([countChoices(db, id, sinceMs), differingChoices(db, id, sinceMs)])
    return {
      zoneId: id,
      sinceMs,
      ...counts,
      differing: differing.map(({ at, driverId: _, plannedDriverId: __, ...row }) => ({ ...row, atMs: at })),
    }
  })
}

const notOpen = () => new AppError('action_not_allowed', 'The order is not with the kitchen yet, or it has ended.')

async function zoneOfOrder({ db, zones }: DispatchRouteDeps, id: OrderId, principal: Principal) {
  const order = await findPartysOrder(db, id, principal)
  const zone = zones.get(order.zoneId)
  if (!zone) throw new AppError('unavailable')
  return { order, zone }
}
