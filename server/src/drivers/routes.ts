import type { DriverState } from '@doorstep/shared/contract'
import type { DriverId, OrderId, UserId, ZoneId } from '@doorstep/shared/domain'
import type { OrderParticipant } from '../orders/index.ts'
import { advanceProblem, oncePerKey } from '../orders/index.ts'
import {
  AppError,
  type Clock,
  type Database,
  type HandleRoute,
  inTransaction,
  type Principal,
  type Sql,
} from '../platform/index.ts'
import { acceptOffer, declineOffer, type OfferAnswer, type OfferAnswerError } from './answer-offer.ts'
import { goOffline, goOnline } from './change-shift.ts'
import { findDriver, type StopRef } from './drivers-sql.ts'
import { earningsByDay } from './earnings-by-day.ts'
import { earningsSince } from './earnings-sql.ts'

/** A driver's shift began or ended: what the live fleet and the board have to know. */
export interface ShiftChange {
  driverId: DriverId
  zoneId: ZoneId
  type: 'driver.shift_started' | 'driver.shift_ended'
  atMs: number
}

/** What the routes of drivers need. */
export interface DriverRouteDeps {
  db: Database
  clock: Clock
  participants: readonly OrderParticipant[]
  committed(): void
  shiftChanged(change: ShiftChange): Promise<void>
  /** Takes a position that came with going online. */
  takePosition(principal: Principal, fix: { lat: number; lon: number; atMs: number; seq: number }): Promise<void>
  /** The stops planned with a decision, in order. */
  plannedStops(sql: Sql, decisionId: string): Promise<readonly StopRef[]>
  describe(driverId: DriverId): Promise<DriverState>
  /** The zone's time zone and currency. */
  zoneOf(id: ZoneId): Promise<{ timeZone: string; currency: string }>
}

const DAY_MS = 86_400_000

/** Mounts the routes of drivers, but for positions. */
export function mountDriverRoutes(handle: HandleRoute, deps: DriverRouteDeps): void {
  const { db, clock } = deps

  handle('GET /driver', ({ principal }) => deps.describe(driverOf(principal)))
  handle('GET /driver/route', async ({ principal }) => (await deps.describe(driverOf(principal))).route)

  handle('POST /driver/go-online', async ({ principal, body }) => {
    const driverId = driverOf(principal)
    const nowMs = clock.nowMs()
    if (body.endsAtMs !== null && body.endsAtMs <= nowMs) throw endsInThePast()
    const driver = await findDriver(db, driverId)
    const started = await goOnline(db, driverId, body.endsAtMs, nowMs)
    if (!driver || !started.ok) throw new AppError('not_found', 'There is no driver profile for this account.')
    if (body.position) await deps.takePosition(principal, body.position)
    if (started.value.isNew)
      await deps.shiftChanged({ driverId, zoneId: driver.zoneId, type: 'driver.shift_started', atMs: nowMs })
    return deps.describe(driverId)
  })

  handle('POST /driver/go-offline', async ({ principal }) => {
    const driverId = driverOf(principal)
    const nowMs = clock.nowMs()
    const driver = await findDriver(db, driverId)
    const ended = await inTransaction(db, (sql) => goOffline(sql, driverId, nowMs))
    if (!driver || (!ended.ok && ended.error.kind === 'not_found')) throw new AppError('not_found')
    if (!ended.ok) throw new AppError('action_not_allowed', 'Finish your stops first, or ask dispatch to move them.')
    if (ended.value.wasOnline)
      await deps.shiftChanged({ driverId, zoneId: driver.zoneId, type: 'driver.shift_ended', atMs: nowMs })
    return deps.describe(driverId)
  })

  handle('POST /driver/offers/:orderId/accept', async ({ principal, params, idempotencyKey }) => {
    const answer = answerOf(principal, params.orderId, clock.nowMs())
    const request = keyed(answer, idempotencyKey, 'POST /driver/offers/:orderId/accept')
    await oncePerKey(db, request, nothing, async (sql) => {
      const taken = await acceptOffer(sql, deps.participants, answer, deps.plannedStops)
      if (!taken.ok) throw answerProblem(taken.error)
      return { answered: true }
    })
    deps.committed()
    return deps.describe(answer.driverId)
  })

  handle('POST /driver/offers/:orderId/decline', async ({ principal, params, body, idempotencyKey }) => {
    const answer = answerOf(principal, params.orderId, clock.nowMs())
    const request = keyed(answer, idempotencyKey, 'POST /driver/offers/:orderId/decline')
    await oncePerKey(db, request, nothing, async (sql) => {
      const declined = await declineOffer(sql, deps.participants, answer, body.reason ?? null)
      if (!declined.ok) throw answerProblem(declined.error)
      return { answered: true }
    })
    deps.committed()
    return deps.describe(answer.driverId)
  })

  handle('GET /driver/earnings', async ({ principal, query }) => {
    const driver = await findDriver(db, driverOf(principal))
    if (!driver) throw new AppError('not_found')
    const zone = await deps.zoneOf(driver.zoneId)
    const deliveries = await earningsSince(db, driver.id, clock.nowMs() - query.days * DAY_MS)
    return {
      currency: zone.currency,
      days: earningsByDay(deliveries, zone.timeZone),
      deliveries: deliveries.map(({ orderId, number, at, merchantName, payMinor, tipMinor }) => ({
        orderId,
        number,
        atMs: at,
        merchantName,
        payMinor,
        tipMinor,
      })),
    }
  })
}

function driverOf(principal: Principal): DriverId {
  if (!principal.driverId) throw new AppError('not_found', 'There is no driver profile for this account.')
  return principal.driverId
}

function answerOf(principal: Principal, orderId: OrderId, nowMs: number) {
  return { orderId, driverId: driverOf(principal), userId: principal.userId, nowMs }
}

/** An answer needs nothing but its transaction. */
const nothing = async () => null

function keyed(answer: OfferAnswer & { userId: UserId }, key: string | null, route: string) {
  return { userId: answer.userId, key, route, body: { orderId: answer.orderId }, status: 200, nowMs: answer.nowMs }
}

function endsInThePast(): AppError {
  const errors = [{ field: 'body.endsAtMs', rule: 'in_the_future', message: 'A shift ends after it begins.' }]
  return new AppError('invalid_input', undefined, { extras: { errors } })
}

function answerProblem(error: OfferAnswerError): AppError {
  switch (error.kind) {
    case 'no_offer':
      return new AppError('not_found', 'There is no such offer.')
    case 'offer_expired':
      return new AppError('offer_expired')
    case 'offer_taken':
      return new AppError('offer_taken')
    case 'driver_busy':
      return new AppError('driver_busy', `You carry ${error.maxOrders} orders, which is the most.`)
    default:
      return advanceProblem(error)
  }
}
