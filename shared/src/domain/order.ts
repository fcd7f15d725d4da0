/** The kitchen's track of an order. */
export const KITCHEN_STATES = ['placed', 'accepted', 'preparing', 'ready', 'rejected', 'cancelled'] as const
export type KitchenState = (typeof KITCHEN_STATES)[number]

/** The delivery's track of an order, which moves at the same time: a kitchen cooks while a driver is found. */
export const DELIVERY_STATES = [
  'waiting',
  'offered',
  'assigned',
  'at_merchant',
  'picked_up',
  'in_transit',
  'at_customer',
  'delivered',
  'failed',
  'cancelled',
] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** Who acts on an order: the five roles, or the server itself. */
export const ACTORS = ['customer', 'driver', 'merchant', 'dispatcher', 'admin', 'system'] as const
export type Actor = (typeof ACTORS)[number]

/** Both tracks of an order. */
export interface OrderState {
  kitchen: KitchenState
  delivery: DeliveryState
}

/** What happens in the same transaction as the change itself. */
export type SideEffect = 'set_driver' | 'release_driver' | 'withdraw_offers' | 'exclude_driver' | 'pay_driver'

/** One line of the transition table: who may do it, from which states, to which, and what follows. */
export interface Transition {
  by: readonly Actor[]
  kitchen?: { from: readonly KitchenState[]; to?: KitchenState }
  delivery?: { from: readonly DeliveryState[]; to?: DeliveryState }
  event: OrderEventType
  effects: readonly SideEffect[]
}

/** The types of everything written to an order's log, in the past tense. */
export const ORDER_EVENT_TYPES = [
  'order.placed',
  'order.accepted',
  'order.preparing',
  'order.ready',
  'order.delayed',
  'order.rejected',
  'order.offered',
  'order.offer_declined',
  'order.offer_expired',
  'order.offer_withdrawn',
  'order.no_driver_available',
  'order.assigned',
  'order.reassigned',
  'order.unassigned',
  'order.pinned',
  'order.held',
  'order.released',
  'order.prioritised',
  'order.promise_extended',
  'order.proposed',
  'order.proposal_vetoed',
  'order.command_undone',
  'order.driver_at_merchant',
  'order.picked_up',
  'order.departed',
  'order.driver_at_customer',
  'order.delivered',
  'order.failed',
  'order.cancelled',
] as const
export type OrderEventType = (typeof ORDER_EVENT_TYPES)[number]

const IN_KITCHEN = ['accepted', 'preparing', 'ready'] as const
const WITH_DRIVER = ['assigned', 'at_merchant'] as const
const CARRIED = ['picked_up', 'in_transit', 'at_customer'] as const
const STAFF = ['dispatcher', 'admin'] as const

/**
 * Every way an order can move. A driver may pick up before the kitchen says "ready": what is handed over is ready,
 * so `pick_up` closes the kitchen's track too. `in_transit` stands between `picked_up` and `at_customer` because a
 * driver with several pickups carries food without being on the way to its customer yet.
 */
export const TRANSITIONS = {
  accept: {
    by: ['merchant', ...STAFF],
    kitchen: { from: ['placed'], to: 'accepted' },
    event: 'order.accepted',
    effects: [],
  },
  start_preparing: {
    by: ['merchant', ...STAFF],
    kitchen: { from: ['accepted'], to: 'preparing' },
    event: 'order.preparing',
    effects: [],
  },
  ready: {
    by: ['merchant', ...STAFF],
    kitchen: { from: ['accepted', 'preparing'], to: 'ready' },
    event: 'order.ready',
    effects: [],
  },
  delay: {
    by: ['merchant', ...STAFF],
    kitchen: { from: ['accepted', 'preparing'] },
    event: 'order.delayed',
    effects: [],
  },
  reject: {
    by: ['merchant'],
    kitchen: { from: ['placed'], to: 'rejected' },
    delivery: { from: ['waiting', 'offered', ...WITH_DRIVER], to: 'cancelled' },
    event: 'order.rejected',
    effects: ['withdraw_offers', 'release_driver'],
  },
  offer: {
    by: ['system', ...STAFF],
    kitchen: { from: IN_KITCHEN },
    delivery: { from: ['waiting', 'offered'], to: 'offered' },
    event: 'order.offered',
    effects: [],
  },
  /** Of several who were asked, the second answers when the first has put the order back to waiting. */
  decline_offer: {
    by: ['driver'],
    delivery: { from: ['waiting', 'offered'], to: 'waiting' },
    event: 'order.offer_declined',
    effects: ['exclude_driver'],
  },
  expire_offer: {
    by: ['system'],
    delivery: { from: ['waiting', 'offered'], to: 'waiting' },
    event: 'order.offer_expired',
    effects: ['exclude_driver'],
  },
  accept_offer: {
    by: ['driver'],
    kitchen: { from: IN_KITCHEN },
    delivery: { from: ['waiting', 'offered'], to: 'assigned' },
    event: 'order.assigned',
    effects: ['set_driver', 'withdraw_offers'],
  },
  give_up: {
    by: ['system'],
    delivery: { from: ['waiting', 'offered'], to: 'waiting' },
    event: 'order.no_driver_available',
    effects: ['withdraw_offers'],
  },
  assign: {
    by: ['system', ...STAFF],
    kitchen: { from: ['placed', ...IN_KITCHEN] },
    delivery: { from: ['waiting', 'offered'], to: 'assigned' },
    event: 'order.assigned',
    effects: ['set_driver', 'withdraw_offers'],
  },
  reassign: {
    by: ['system', ...STAFF],
    kitchen: { from: ['placed', ...IN_KITCHEN] },
    delivery: { from: WITH_DRIVER, to: 'assigned' },
    event: 'order.reassigned',
    effects: ['release_driver', 'set_driver'],
  },
  unassign: {
    by: ['system', ...STAFF],
    kitchen: { from: ['placed', ...IN_KITCHEN] },
    delivery: { from: ['offered', ...WITH_DRIVER], to: 'waiting' },
    event: 'order.unassigned',
    effects: ['withdraw_offers', 'release_driver'],
  },
  /** Only one driver may have it, until it is released. */
  pin: {
    by: STAFF,
    kitchen: { from: ['placed', ...IN_KITCHEN] },
    delivery: { from: ['waiting', 'offered'], to: 'waiting' },
    event: 'order.pinned',
    effects: ['withdraw_offers'],
  },
  /** Nobody is asked until it is released. */
  hold: {
    by: STAFF,
    kitchen: { from: ['placed', ...IN_KITCHEN] },
    delivery: { from: ['waiting', 'offered'], to: 'waiting' },
    event: 'order.held',
    effects: ['withdraw_offers'],
  },
  /** Gives it back to the planner: no pin and no hold any more. */
  release: {
    by: STAFF,
    kitchen: { from: ['placed', ...IN_KITCHEN] },
    delivery: { from: ['waiting', 'offered', ...WITH_DRIVER] },
    event: 'order.released',
    effects: [],
  },
  prioritise: {
    by: STAFF,
    delivery: { from: ['waiting', 'offered', ...WITH_DRIVER, ...CARRIED] },
    event: 'order.prioritised',
    effects: [],
  },
  extend: {
    by: STAFF,
    delivery: { from: ['waiting', 'offered', ...WITH_DRIVER, ...CARRIED] },
    event: 'order.promise_extended',
    effects: [],
  },
  /** The planner names a driver where it may not act by itself. */
  propose: {
    by: ['system'],
    kitchen: { from: IN_KITCHEN },
    delivery: { from: ['waiting'] },
    event: 'order.proposed',
    effects: [],
  },
  /** What staff set is as it was before; a driver given or taken goes by assign, reassign and unassign. */
  take_back: {
    by: STAFF,
    delivery: { from: ['waiting', 'offered', ...WITH_DRIVER, ...CARRIED] },
    event: 'order.command_undone',
    effects: [],
  },
  veto: { by: STAFF, delivery: { from: ['waiting'] }, event: 'order.proposal_vetoed', effects: ['exclude_driver'] },
  arrive_at_merchant: {
    by: ['driver', ...STAFF],
    delivery: { from: ['assigned'], to: 'at_merchant' },
    event: 'order.driver_at_merchant',
    effects: [],
  },
  pick_up: {
    by: ['driver', 'merchant', ...STAFF],
    kitchen: { from: IN_KITCHEN, to: 'ready' },
    delivery: { from: WITH_DRIVER, to: 'picked_up' },
    event: 'order.picked_up',
    effects: [],
  },
  depart: { by: ['driver', ...STAFF], delivery: { from: ['picked_up'], to: 'in_transit' }, event: 'order.departed', effects: [] },
  arrive_at_customer: {
    by: ['driver', ...STAFF],
    delivery: { from: ['picked_up', 'in_transit'], to: 'at_customer' },
    event: 'order.driver_at_customer',
    effects: [],
  },
  deliver: {
    by: ['driver', ...STAFF],
    delivery: { from: CARRIED, to: 'delivered' },
    event: 'order.delivered',
    effects: ['release_driver', 'pay_driver'],
  },
  fail: {
    by: ['driver', ...STAFF],
    delivery: { from: CARRIED, to: 'failed' },
    event: 'order.failed',
    effects: ['release_driver', 'pay_driver'],
  },
  cancel: {
    by: ['merchant', ...STAFF],
    kitchen: { from: ['placed', ...IN_KITCHEN], to: 'cancelled' },
    delivery: { from: ['waiting', 'offered', ...WITH_DRIVER, ...CARRIED], to: 'cancelled' },
    event: 'order.cancelled',
    effects: ['withdraw_offers', 'release_driver'],
  },
  /** A customer may change their mind until the kitchen starts. */
  cancel_by_customer: {
    by: ['customer'],
    kitchen: { from: ['placed', 'accepted'], to: 'cancelled' },
    delivery: { from: ['waiting', 'offered', ...WITH_DRIVER], to: 'cancelled' },
    event: 'order.cancelled',
    effects: ['withdraw_offers', 'release_driver'],
  },
} as const satisfies Record<string, Transition>
export type OrderAction = keyof typeof TRANSITIONS

/** Why an action was refused; nothing has changed. */
export type TransitionError =
  | { kind: 'unknown_action'; action: string }
  | { kind: 'not_for_role'; action: OrderAction; actor: Actor; allowed: readonly Actor[] }
  | { kind: 'wrong_state'; action: OrderAction; track: 'kitchen' | 'delivery'; state: string; from: readonly string[] }

/** Looks an action up by the name that came over the wire; a customer's `cancel` is its own line of the table. */
export function orderAction(name: string, actor: Actor): OrderAction | undefined {
  if (name === 'cancel' && actor === 'customer') return 'cancel_by_customer'
  return Object.hasOwn(TRANSITIONS, name) ? (name as OrderAction) : undefined
}

/** Moves an order by one action, or says which rule forbids it. */
export function transition(
  state: OrderState,
  action: OrderAction,
  actor: Actor,
):
  | { ok: true; value: { state: OrderState; event: OrderEventType; effects: readonly SideEffect[] } }
  | { ok: false; error: TransitionError } {
  const line: Transition = TRANSITIONS[action]
  if (!line.by.includes(actor)) return { ok: false, error: { kind: 'not_for_role', action, actor, allowed: line.by } }
  if (line.kitchen && !line.kitchen.from.includes(state.kitchen)) {
    return { ok: false, error: { kind: 'wrong_state', action, track: 'kitchen', state: state.kitchen, from: line.kitchen.from } }
  }
  if (line.delivery && !line.delivery.from.includes(state.delivery)) {
    return {
      ok: false,
      error: { kind: 'wrong_state', action, track: 'delivery', state: state.delivery, from: line.delivery.from },
    }
  }
  if (isEnded(state)) {
    return {
      ok: false,
      error: { kind: 'wrong_state', action, track: 'delivery', state: state.delivery, from: line.delivery?.from ?? [] },
    }
  }
  const next = { kitchen: line.kitchen?.to ?? state.kitchen, delivery: line.delivery?.to ?? state.delivery }
  return { ok: true, value: { state: next, event: line.event, effects: line.effects } }
}

/** Whether nothing can happen to the order any more. */
export function isEnded(state: OrderState): boolean {
  return (
    state.delivery === 'delivered' ||
    state.delivery === 'failed' ||
    state.delivery === 'cancelled' ||
    state.kitchen === 'rejected' ||
    state.kitchen === 'cancelled'
  )
}

/** Whether a driver has the order: on the way to it, waiting for it, or carrying it. */
export function hasDriver(state: OrderState): boolean {
  return [...WITH_DRIVER, ...CARRIED].includes(state.delivery as (typeof CARRIED)[number])
}

/** Whether the food has left the merchant and is not there yet: no planner and no reassignment may touch it. */
export function isCarried(state: OrderState): boolean {
  return CARRIED.includes(state.delivery as (typeof CARRIED)[number])
}
