import type { Order } from '../contract/index.ts'

/** The steps of a timeline as people count them; `preparing` is `accepted` once the kitchen works on it. */
export type StepKey = 'placed' | 'accepted' | 'preparing' | 'ready' | 'on_the_way' | 'at_door' | 'delivered' | 'cancelled'

/** One step: behind us, where we are, still to come, or where it ended early. */
export interface OrderStep {
  key: StepKey
  state: 'done' | 'now' | 'next' | 'stopped'
  /** When it was reached, or is expected to be; null where nobody knows. */
  atMs: number | null
  isEstimate: boolean
}

type Seen = Pick<Order, 'kitchen' | 'delivery' | 'times' | 'eta' | 'kitchenReadyMs' | 'status'>

interface Reachable {
  key: StepKey
  reachedMs: number | null
  expectedMs: number | null
}

/** An order's timeline from its two tracks: the last step reached is where it is; what comes after it is expected, no step before the one it follows. */
export function orderSteps(order: Seen): OrderStep[] {
  const steps = reachable(order)
  if (order.status === 'cancelled') {
    const reached = steps.filter((step) => step.reachedMs !== null).map((step) => toStep(step, 'done'))
    return [...reached, { key: 'cancelled', state: 'stopped', atMs: order.times.endedAtMs, isEstimate: false }]
  }
  const isDelivered = order.delivery === 'delivered'
  const last = steps.findLastIndex((step) => step.reachedMs !== null)
  let atLeastMs = 0
  return steps.map((step, i) => {
    if (step.expectedMs !== null) atLeastMs = Math.max(atLeastMs, step.expectedMs)
    const expectedMs = step.expectedMs === null ? null : atLeastMs
    return toStep({ ...step, expectedMs }, i > last ? 'next' : i < last || isDelivered ? 'done' : 'now')
  })
}

function reachable({ times, eta, kitchen, kitchenReadyMs, delivery }: Seen): Reachable[] {
  const isCooking = kitchen === 'preparing' && times.readyAtMs === null
  const isAtDoor = delivery === 'at_customer'
  return [
    { key: 'placed', reachedMs: times.placedAtMs, expectedMs: null },
    isCooking
      ? { key: 'preparing', reachedMs: times.preparingAtMs ?? times.acceptedAtMs, expectedMs: null }
      : { key: 'accepted', reachedMs: times.acceptedAtMs, expectedMs: null },
    { key: 'ready', reachedMs: times.readyAtMs ?? times.pickedUpAtMs, expectedMs: kitchenReadyMs },
    { key: 'on_the_way', reachedMs: times.departedAtMs ?? times.pickedUpAtMs, expectedMs: eta?.pickupMs ?? null },
    isAtDoor
      ? { key: 'at_door', reachedMs: times.atCustomerAtMs, expectedMs: null }
      : { key: 'delivered', reachedMs: delivery === 'delivered' ? times.endedAtMs : null, expectedMs: eta?.dropMs ?? null },
  ]
}

function toStep({ key, reachedMs, expectedMs }: Reachable, state: OrderStep['state']): OrderStep {
  return { key, state, atMs: reachedMs ?? expectedMs, isEstimate: reachedMs === null && expectedMs !== null }
}
