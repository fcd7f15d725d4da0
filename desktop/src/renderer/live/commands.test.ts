import type { BoardOrder } from '@doorstep/shared/contract'
import { describe, expect, test } from 'vitest'
import { boardOrderWith } from '../board/board-order.fixture.ts'
import { createConsoleActions } from './console-actions.ts'
import { createConsoleStore, putOrders } from './console-store.ts'
import { dispatchServerWith } from './dispatch-server.fixture.ts'
import { blockOf } from './order-command.ts'
import { createServerClock } from './server-clock.ts'

const waiting = (number: number, change: Partial<BoardOrder> = {}) => boardOrderWith({ number, delivery: 'waiting', ...change })

function consoleWith(orders: readonly BoardOrder[]) {
  const server = dispatchServerWith(orders)
  const store = createConsoleStore()
  putOrders(store, orders)
  store.setState({ drivers: new Map([['rui', { name: 'Rui Tavares' }]]) as never })
  const actions = createConsoleActions({ store, api: server.api, clock: createServerClock(() => 0) })
  const mark = (...numbers: number[]) => {
    actions.select({ kind: 'order', id: `order-${numbers[0]}` })
    for (const number of numbers.slice(1)) actions.mark(`order-${number}`, 'toggle')
  }
  return { server, store, actions, mark }
}

describe('a command', () => {
  test('can be taken back and done again, as often as one likes', async () => {
    const { server, actions, mark } = consoleWith([waiting(1)])
    mark(1)
    await actions.command({ kind: 'hold' })
    expect(server.order('order-1').isHeld).toBe(true)
    await actions.undo()
    expect(server.order('order-1').isHeld).toBe(false)
    await actions.redo()
    expect(server.order('order-1').isHeld).toBe(true)
    await actions.undo()
    expect(server.order('order-1').isHeld).toBe(false)
  })

  test('still under way is the one that is taken back, not the one before', async () => {
    const { server, actions, mark } = consoleWith([waiting(1)])
    mark(1)
    await actions.stepPriority(1)
    await Promise.all([actions.command({ kind: 'hold' }), actions.undo()])
    expect(server.order('order-1')).toMatchObject({ isHeld: false, priority: 1 })
  })

  test('of another kind forgets what could have been done again', async () => {
    const { store, actions, mark } = consoleWith([waiting(1)])
    mark(1)
    await actions.command({ kind: 'hold' })
    await actions.undo()
    expect(store.getState().redos).toHaveLength(1)
    await actions.stepPriority(1)
    expect(store.getState().redos).toEqual([])
  })

  test('that is stale changes nothing and says in its row who changed what, until the order moves on', async () => {
    const { server, store, actions, mark } = consoleWith([waiting(1)])
    mark(1)
    server.change('order-1', { driverId: 'rui' as never, delivery: 'assigned' }, { name: 'Tiago', event: 'order.assigned' })
    await actions.command({ kind: 'hold' })
    expect(server.done).toEqual([])
    expect(store.getState().refusals.get('order-1')?.text).toBe('Tiago changed it first: assigned')
    expect(store.getState().notice).toMatchObject({ tone: 'refused', orderId: 'order-1' })
    putOrders(store, [server.order('order-1')])
    expect(store.getState().refusals.size).toBe(1)
    server.change('order-1', {}, { name: 'Tiago', event: 'order.ready' })
    putOrders(store, [server.order('order-1')])
    expect(store.getState().refusals.size).toBe(0)
  })

  test('is not held up by the planner proposing anew, unless it answers the proposal', async () => {
    const proposal = { driverId: 'rui' as never, actsAtMs: null }
    const { server, store, actions, mark } = consoleWith([waiting(1, { proposal })])
    mark(1)
    server.change('order-1', { proposal }, { name: 'system', event: 'order.proposed' })
    await actions.command({ kind: 'accept' })
    expect(store.getState().notice?.tone).toBe('refused')
    await actions.command({ kind: 'hold' })
    expect(server.done).toEqual(['hold'])
  })

  test('given twice in a row is decided the second time on what the first has made', async () => {
    const { server, actions, mark } = consoleWith([waiting(1)])
    mark(1)
    await Promise.all([actions.stepPriority(1), actions.stepPriority(1)])
    expect(server.order('order-1').priority).toBe(2)
  })

  test('that cannot be is answered with why, without asking the server', async () => {
    const { server, store, actions, mark } = consoleWith([
      boardOrderWith({ number: 1, delivery: 'in_transit', kitchen: 'ready' }),
    ])
    mark(1)
    await actions.command({ kind: 'hold' })
    expect(server.done).toEqual([])
    expect(store.getState().notice?.text).toBe('#1 was not changed: already picked up')
  })
})

describe('several orders', () => {
  test('each have a result of their own, never one for all', async () => {
    const { server, store, actions, mark } = consoleWith([
      waiting(1),
      waiting(2),
      boardOrderWith({ number: 3, delivery: 'in_transit', kitchen: 'ready' }),
    ])
    mark(1, 2, 3)
    server.change('order-2', {}, { name: 'Tiago', event: 'order.prioritised' })
    await actions.command({ kind: 'hold' })
    const rows = [...(store.getState().report?.rows ?? [])].sort((a, b) => a.number - b.number)
    expect(rows.map(({ isDone, text }) => [isDone, text])).toEqual([
      [true, 'held'],
      [false, 'Tiago changed it first: prioritised'],
      [false, 'already picked up'],
    ])
    expect(store.getState().report?.left).toBe(0)
  })

  test('are taken back together, each again with its own result', async () => {
    const { server, store, actions, mark } = consoleWith([waiting(1), waiting(2)])
    mark(1, 2)
    await actions.command({ kind: 'extend', minutes: 10 })
    server.change('order-2', {}, { name: 'Ana', event: 'order.ready' })
    await actions.undo()
    const rows = [...(store.getState().report?.rows ?? [])].sort((a, b) => a.number - b.number)
    expect(rows.map((row) => row.isDone)).toEqual([true, false])
    await actions.redo()
    expect(server.done.filter((what) => what.startsWith('undo'))).toHaveLength(2)
  })

  test('of which some ended are commanded without those', async () => {
    const { server, store, actions, mark } = consoleWith([waiting(1), waiting(2), waiting(3)])
    mark(1, 2, 3)
    putOrders(store, [waiting(3, { version: 2, endedAtMs: 1, delivery: 'cancelled', kitchen: 'cancelled' })])
    await actions.command({ kind: 'hold' })
    expect(server.done).toEqual(['hold', 'hold'])
  })
})

describe('walking through proposals', () => {
  test('an answer leads on to the next, the last one back to the one before', async () => {
    const proposal = { driverId: 'rui' as never, actsAtMs: null }
    const { store, actions } = consoleWith([waiting(1, { proposal }), waiting(2), waiting(3, { proposal })])
    actions.setException('proposal')
    actions.select({ kind: 'order', id: 'order-1' })
    await actions.command({ kind: 'accept' })
    expect(store.getState().selection?.id).toBe('order-3')
    await actions.command({ kind: 'veto' })
    expect(store.getState().selection?.id).toBe('order-3')
    expect(store.getState().notice?.text).toBe('#3 without Rui T')
  })
})

test('what an order allows follows the table of transitions, with the reason in words', () => {
  const carried = boardOrderWith({ delivery: 'picked_up', kitchen: 'ready' })
  const assigned = boardOrderWith({ delivery: 'assigned', driverId: 'rui' as never })
  expect([blockOf(carried, 'assign'), blockOf(carried, 'extend'), blockOf(carried, 'priority')]).toEqual([
    'already picked up',
    null,
    null,
  ])
  expect([blockOf(assigned, 'assign'), blockOf(assigned, 'hold'), blockOf(assigned, 'release')]).toEqual([
    null,
    'a driver has it; take it off first',
    'neither held nor pinned',
  ])
  expect(blockOf(waiting(1), 'accept')).toBe('nothing is proposed')
  expect(blockOf(waiting(1, { isHeld: true }), 'hold')).toBe('held already')
})
