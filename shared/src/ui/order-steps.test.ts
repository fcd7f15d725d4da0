import { describe, expect, test } from 'vitest'
import { windowCells } from './eta-window.tsx'
import { orderSteps } from './order-steps.ts'

const none = {
  placedAtMs: 1_000,
  acceptedAtMs: null,
  preparingAtMs: null,
  readyAtMs: null,
  assignedAtMs: null,
  atMerchantAtMs: null,
  pickedUpAtMs: null,
  departedAtMs: null,
  atCustomerAtMs: null,
  endedAtMs: null,
}
const eta = { pickupMs: 8_000, dropMs: 9_000, earliestMs: 8_500, latestMs: 9_500, basis: 'route' as const }
const placed = { kitchen: 'placed', delivery: 'waiting', status: 'pending', times: none, eta, kitchenReadyMs: 5_000 } as const
const seen = (order: Parameters<typeof orderSteps>[0]) => orderSteps(order).map(({ key, state }) => `${key} ${state}`)

describe('an order’s timeline', () => {
  test('a fresh order is at its first step and everything else is expected', () => {
    expect(seen(placed)).toEqual(['placed now', 'accepted next', 'ready next', 'on_the_way next', 'delivered next'])
    expect(orderSteps(placed)[2]).toEqual({ key: 'ready', state: 'next', atMs: 5_000, isEstimate: true })
  })

  test('nothing is expected before what it waits for', () => {
    const steps = orderSteps({ ...placed, kitchenReadyMs: 8_700 })
    expect(steps.map((step) => step.atMs)).toEqual([1_000, null, 8_700, 8_700, 9_000])
  })

  test('a kitchen at work is said as such, with the time it began', () => {
    const times = { ...none, acceptedAtMs: 2_000, preparingAtMs: 3_000 }
    expect(orderSteps({ ...placed, kitchen: 'preparing', status: 'preparing', times })[1]).toMatchObject({
      key: 'preparing',
      state: 'now',
      atMs: 3_000,
    })
  })

  test('a pickup before the kitchen said ready counts as ready', () => {
    const times = { ...none, acceptedAtMs: 2_000, pickedUpAtMs: 6_000 }
    expect(seen({ ...placed, kitchen: 'ready', delivery: 'picked_up', status: 'picked_up', times })).toEqual([
      'placed done',
      'accepted done',
      'ready done',
      'on_the_way now',
      'delivered next',
    ])
  })

  test('a delivered order has no step left, a cancelled one ends where it was', () => {
    const times = { ...none, acceptedAtMs: 2_000, readyAtMs: 5_000, pickedUpAtMs: 6_000, atCustomerAtMs: 8_000, endedAtMs: 9_000 }
    const delivered = orderSteps({ ...placed, kitchen: 'ready', delivery: 'delivered', status: 'delivered', times, eta: null })
    expect(delivered.every((step) => step.state === 'done')).toBe(true)
    const cancelled = { ...placed, kitchen: 'cancelled', delivery: 'cancelled', status: 'cancelled', eta: null } as const
    expect(seen({ ...cancelled, times: { ...none, endedAtMs: 2_000 } })).toEqual(['placed done', 'cancelled stopped'])
  })
})

describe('the bar of a narrowing window', () => {
  test('marks the part that is left, and never nothing', () => {
    const cells = windowCells({ fromMs: 0, toMs: 20, earliestMs: 10, latestMs: 15 })
    expect(cells.map(Number).join('')).toBe('00000000001111100000')
    expect(windowCells({ fromMs: 0, toMs: 20, earliestMs: 19, latestMs: 40 }).filter(Boolean)).toHaveLength(1)
  })
})
