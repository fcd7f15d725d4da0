import type { Candidate, Decision, WhatIf } from '@doorstep/shared/contract'
import type { DriverId } from '@doorstep/shared/domain'
import type { DriverRow, ZoneState } from '../drivers/index.ts'
import type { Explanation, WhatIf as PlannerWhatIf, Policy } from '../planner/index.ts'
import type { FleetView } from './build-snapshot.ts'
import type { DecisionRow } from './decisions-sql.ts'

type Drivers = ReadonlyMap<DriverId, DriverRow>

const nameOf = (drivers: Drivers, id: DriverId) => drivers.get(id)?.name ?? 'a former driver'

/** Ranked drivers as the console shows them. */
export function toCandidates(explanation: Pick<Explanation, 'candidates' | 'better'>, drivers: Drivers): Candidate[] {
  return explanation.candidates.map(({ driverId, rank, total, terms, impact }) => ({
    driverId,
    driverName: nameOf(drivers, driverId),
    rank,
    score: explanation.better === 'more' ? total : -total,
    toPickupS: impact?.toMerchantS ?? 0,
    toPickupM: (impact?.toMerchantKm ?? 0) * 1000,
    waitS: impact?.waitingS ?? 0,
    detourS: impact?.detours.reduce((sum, detour) => sum + detour.addedS, 0) ?? 0,
    slackAfterS: impact?.slackS ?? null,
    activeOrders: new Set(drivers.get(driverId)?.stops.map((stop) => stop.orderId)).size,
    maxOrders: drivers.get(driverId)?.maxOrders ?? 0,
    terms: terms.map(({ code, amount, unit, points }) => ({ code, amount, unit, points })),
  }))
}

/** Who was left out of a ranking, by which rule, with its numbers in words. */
export function toLeftOut(explanation: Pick<Explanation, 'excluded'>, drivers: Drivers): Decision['leftOut'] {
  return explanation.excluded.map(({ driverId, reason, value, limit }) => ({
    driverId,
    driverName: nameOf(drivers, driverId),
    rule: reason,
    detail: value === null ? null : limit === null ? `${round(value)}` : `${round(value)} of ${round(limit)}`,
  }))
}

/** Why a driver on shift does not come into question at all. */
export const whyUnseen = (driver: DriverRow): { rule: string } => ({
  rule: driver.shiftStartedAt === null ? 'offline' : 'no_position',
})

/** Drivers on shift whom the planner does not see, since nobody knows where they are. */
export function unseenDrivers({ state, fleet }: { state: ZoneState; fleet: FleetView }): Decision['leftOut'] {
  return [...state.drivers.values()]
    .filter((driver) => driver.shiftStartedAt !== null && !fleet.locate(driver.id))
    .map((driver) => ({ driverId: driver.id, driverName: driver.name, ...whyUnseen(driver), detail: null }))
}

/** What giving an order to a driver would do, as the console shows it. */
export function toWhatIf(cost: PlannerWhatIf, policy: Policy, state: ZoneState, nowMs: number): WhatIf {
  const { impact, exclusion, terms, total } = cost
  return {
    atMs: nowMs,
    impact: impact && {
      toPickupS: impact.toMerchantS,
      waitS: impact.waitingS,
      pickupMs: Math.round(impact.pickupMs),
      dropMs: Math.round(impact.dropMs),
      slackAfterS: impact.slackS,
      ordersAfter: impact.ordersAfter,
      detours: impact.detours.map((one) => ({ ...one, number: state.find(one.orderId)?.number ?? 0 })),
    },
    terms: terms.map(({ code, amount, unit, points }) => ({ code, amount, unit, points })),
    costMinor: policy.name === 'joint' ? total : null,
    excludedBy: exclusion && (toLeftOut({ excluded: [exclusion] }, state.drivers)[0] ?? null),
  }
}

/** A stored decision as the console shows it. */
export function toDecision(row: DecisionRow, drivers: Drivers): Decision {
  const { explanation } = row
  const { runnerUp } = explanation
  return {
    id: row.id as Decision['id'],
    orderId: row.orderId,
    atMs: row.at,
    policy: row.policy,
    kind: row.kind,
    driverId: row.driverId,
    driverName: row.driverId ? nameOf(drivers, row.driverId) : null,
    snapshotHash: row.snapshotHash,
    candidates: toCandidates(explanation, drivers),
    leftOut: toLeftOut(explanation, drivers),
    runnerUp: runnerUp ? `${nameOf(drivers, runnerUp.driverId)}, ${round(runnerUp.worseBy)} behind` : null,
    wouldChange: explanation.wouldChange.map(({ driverId, code, amount, needed, unit }) => ({
      driverId,
      driverName: nameOf(drivers, driverId),
      code,
      amount,
      needed,
      unit,
    })),
  }
}

const round = (value: number) => Math.round(value * 100) / 100
