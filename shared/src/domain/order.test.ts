import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ACTORS,
  DELIVERY_STATES,
  hasDriver,
  isEnded,
  KITCHEN_STATES,
  type OrderAction,
  type OrderState,
  orderAction,
  TRANSITIONS,
  transition,
} from './order.ts'
import { ORDER_STATUSES, orderStatus } from './order-status.ts'

const actions = Object.keys(TRANSITIONS) as OrderAction[]
const attempts = fc.array(fc.record({ action: fc.constantFrom(...actions), actor: fc.constantFrom(...ACTORS) }), {
  maxLength: 60,
})
const START: OrderState = { kitchen: 'placed', delivery: 'waiting' }

/** Every state that a sequence of attempts leads through. */
function walk(sequence: readonly { action: OrderAction; actor: (typeof ACTORS)[number] }[]) {
  const path = [{ state: START, action: null as OrderAction | null }]
  for (const { action, actor } of sequence) {
    const moved = transition(path.at(-1)!.state, action, actor)
    if (moved.ok) path.push({ state: moved.value.state, action })
  }
  return path
}

describe('an order', () => {
  test('[OR1] that has ended never moves again, whoever tries', () => {
    fc.assert(
      fc.property(attempts, (sequence) => {
        const last = walk(sequence).at(-1)!.state
        if (!isEnded(last)) return
        for (const action of actions) for (const actor of ACTORS) expect(transition(last, action, actor).ok).toBe(false)
      }),
    )
  })

  test('[OR2] is carried only after it was taken on by the kitchen and assigned to a driver', () => {
    fc.assert(
      fc.property(attempts, (sequence) => {
        const path = walk(sequence)
        const pickedUp = path.findIndex(({ state }) => state.delivery === 'picked_up')
        if (pickedUp < 0) return
        expect(path.slice(0, pickedUp).some(({ state }) => state.kitchen === 'accepted')).toBe(true)
        expect(hasDriver(path[pickedUp - 1]!.state)).toBe(true)
        expect(path[pickedUp]!.state.kitchen).toBe('ready')
      }),
    )
  })

  test('[OR3] shows a status that never goes back, except when a driver is taken off it', () => {
    fc.assert(
      fc.property(attempts, (sequence) => {
        const path = walk(sequence)
        for (const [index, { state, action }] of path.entries()) {
          const before = path[index - 1]
          if (!before || action === 'unassign') continue
          expect(ORDER_STATUSES.indexOf(orderStatus(state))).toBeGreaterThanOrEqual(
            ORDER_STATUSES.indexOf(orderStatus(before.state)),
          )
        }
      }),
    )
  })

  test('[OR4] is never moved by a role that the table does not name', () => {
    for (const kitchen of KITCHEN_STATES) {
      for (const delivery of DELIVERY_STATES) {
        for (const action of actions) {
          for (const actor of ACTORS.filter((one) => !(TRANSITIONS[action].by as readonly string[]).includes(one))) {
            expect(transition({ kitchen, delivery }, action, actor)).toMatchObject({ ok: false, error: { kind: 'not_for_role' } })
          }
        }
      }
    }
  })

  test('can be delivered along the usual way, and each step says what it wrote', () => {
    const way: [OrderAction, (typeof ACTORS)[number], string][] = [
      ['accept', 'merchant', 'confirmed'],
      ['start_preparing', 'merchant', 'preparing'],
      ['offer', 'system', 'preparing'],
      ['accept_offer', 'driver', 'driver_assigned'],
      ['ready', 'merchant', 'driver_assigned'],
      ['arrive_at_merchant', 'driver', 'driver_assigned'],
      ['pick_up', 'driver', 'picked_up'],
      ['depart', 'driver', 'in_transit'],
      ['arrive_at_customer', 'driver', 'in_transit'],
      ['deliver', 'driver', 'delivered'],
    ]
    let state = START
    for (const [action, actor, status] of way) {
      const moved = transition(state, action, actor)
      if (!moved.ok) throw new Error(JSON.stringify(moved.error))
      state = moved.value.state
      expect(orderStatus(state)).toBe(status)
    }
  })

  test('can be cancelled by its customer until the kitchen starts', () => {
    expect(orderAction('cancel', 'customer')).toBe('cancel_by_customer')
    expect(transition({ kitchen: 'accepted', delivery: 'assigned' }, 'cancel_by_customer', 'customer').ok).toBe(true)
    expect(transition({ kitchen: 'preparing', delivery: 'assigned' }, 'cancel_by_customer', 'customer').ok).toBe(false)
  })
})
