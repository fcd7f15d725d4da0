import type { DriverId, OrderId } from '@doorstep/shared/domain'
import type { AlertDecision, Decision, Plan, PlanResult } from '../planner/index.ts'

/** What the planner would have staff look at about an order that nobody has yet. */
export type PlanWarning = Pick<AlertDecision, 'reason' | 'lateS'>

/** What this node's last round planned; empty while another node plans. Read by commands and alerts. */
export interface PlanMemory {
  /** What is planned and not told to anybody: the plan to rank within, and to start from in the next round. */
  plan(): Plan | null
  /** Whom the planner would take for an order that nobody has, whether or not it may act; null when nobody, or not known here. */
  plannedDriver(orderId: OrderId): DriverId | null
  warning(orderId: OrderId): PlanWarning | undefined
}

/** The same memory as the loop writes it. */
export interface PlanWriter extends PlanMemory {
  keep(result: Pick<PlanResult, 'plan' | 'decisions'>): void
  /** Another node plans now. */
  clear(): void
}

/** Makes an empty memory. */
export function createPlanMemory(): PlanWriter {
  let plan: Plan | null = null
  let drivers = new Map<OrderId, DriverId>()
  let warnings = new Map<OrderId, PlanWarning>()
  return {
    plan: () => plan,
    plannedDriver: (orderId) => drivers.get(orderId) ?? null,
    warning: (orderId) => warnings.get(orderId),
    keep(result) {
      plan = result.plan
      const before = drivers
      drivers = new Map()
      warnings = new Map()
      for (const decision of result.decisions) {
        if (decision.kind === 'alert') {
          const { reason, lateS } = decision
          for (const orderId of decision.orderIds) warnings.set(orderId, { reason, lateS })
          continue
        }
        // While a driver looks at an offer, that is the choice.
        const isPending = decision.kind === 'wait' && decision.reason === 'offer_pending'
        for (const orderId of decision.orderIds) {
          const driverId = isPending ? before.get(orderId) : driverOf(decision)
          if (driverId) drivers.set(orderId, driverId)
        }
      }
    },
    clear() {
      plan = null
      drivers = new Map()
      warnings = new Map()
    },
  }
}

/** The driver a decision is about, the first of several; null where it names none. */
export function driverOf(decision: Decision): DriverId | null {
  switch (decision.kind) {
    case 'offer':
    case 'assign':
      return decision.driverId
    case 'offer_many':
      return decision.driverIds[0] ?? null
    case 'wait':
      return decision.plannedDriverId
    case 'give_up':
    case 'refuse':
    case 'alert':
      return null
  }
}
