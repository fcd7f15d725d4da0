import type { OrderId } from '@doorstep/shared/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addEntry,
  dismiss,
  markRefused,
  markSent,
  msUntilNext,
  nextToSend,
  type OutboxActionName,
  type OutboxEntry,
  takeBack,
  UNDO_MS,
  undoable,
  waitingEntries,
} from './outbox-entry.ts'

const orderId = (n: number) => `00000000-0000-4000-8000-00000000000${n}` as OrderId
let ids = 0
const wanted = (action: OutboxActionName, order = 1, extra: Partial<OutboxEntry> = {}) => ({
  id: `e${++ids}`,
  action,
  orderId: orderId(order),
  number: 4800 + order,
  name: 'Casa Bolhão',
  doneAtMs: 0,
  ...extra,
})
const names = (entries: readonly OutboxEntry[]) => entries.map((entry) => entry.action)

test('an action waits ten seconds in which it can be taken back, and only then is sent', () => {
  const entries = addEntry([], wanted('arrive_at_merchant'), 1_000)
  expect(nextToSend(entries, 1_000 + UNDO_MS - 1)).toBeUndefined()
  expect(undoable(entries, 1_000 + UNDO_MS - 1)?.action).toBe('arrive_at_merchant')
  expect(msUntilNext(entries, 4_000)).toBe(7_000)
  expect(nextToSend(entries, 1_000 + UNDO_MS)?.action).toBe('arrive_at_merchant')
  expect(undoable(entries, 1_000 + UNDO_MS)).toBeUndefined()
})

test('going on releases what waited for its undo', () => {
  const first = addEntry([], wanted('arrive_at_merchant'), 0)
  const both = addEntry(first, wanted('pick_up'), 2_000)
  expect(nextToSend(both, 2_000)?.action).toBe('arrive_at_merchant')
  expect(undoable(both, 2_000)?.action).toBe('pick_up')
})

test('taking an action back takes what followed from it back too, and nothing else', () => {
  const arrived = addEntry([], wanted('arrive_at_merchant'), 0)
  const picked = wanted('pick_up')
  const all = addEntry(addEntry(arrived, picked, 20_000), wanted('depart', 1, { becauseOf: picked.id }), 20_000)
  expect(names(all)).toEqual(['arrive_at_merchant', 'pick_up', 'depart'])
  expect(names(takeBack(all, picked.id))).toEqual(['arrive_at_merchant'])
})

test('an answer to an offer never waits for the undo of another order', () => {
  const entries = addEntry(addEntry([], wanted('arrive_at_merchant', 1), 0), wanted('accept', 2), 1_000)
  expect(nextToSend(entries, 1_000)?.action).toBe('accept')
})

test('what was refused takes later actions on the same order with it, and leaves other orders alone', () => {
  const refused = wanted('arrive_at_merchant', 1)
  let entries = addEntry([], refused, 0)
  entries = addEntry(entries, wanted('pick_up', 1), 0)
  entries = addEntry(entries, wanted('arrive_at_customer', 2), 0)
  const after = markRefused(entries, refused.id, { code: 'not_found', detail: null, changedBy: null })
  expect(after.map((entry) => `${entry.action} ${entry.state}`)).toEqual([
    'arrive_at_merchant refused',
    'arrive_at_customer waiting',
  ])
  expect(names(dismiss(after, refused.id))).toEqual(['arrive_at_customer'])
})

test('a double press is one action', () => {
  const once = addEntry([], wanted('deliver'), 0)
  expect(addEntry(once, wanted('deliver'), 10)).toHaveLength(1)
})

const actions: OutboxActionName[] = ['arrive_at_merchant', 'pick_up', 'arrive_at_customer', 'deliver']

test('everything is sent in the order in which it was done, each once, whatever the pauses', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...actions), fc.integer({ min: 1, max: 3 }), fc.nat(30_000)), { maxLength: 12 }),
      (steps) => {
        let nowMs = 0
        let entries: OutboxEntry[] = []
        const done: string[] = []
        const sent: string[] = []
        const send = () => {
          for (let next = nextToSend(entries, nowMs); next; next = nextToSend(entries, nowMs)) {
            sent.push(next.id)
            entries = markSent(entries, next.id, nowMs)
          }
        }
        for (const [action, order, pauseMs] of steps) {
          const before = waitingEntries(entries).length
          const entry = wanted(action, order)
          entries = addEntry(entries, entry, nowMs)
          if (waitingEntries(entries).length > before) done.push(entry.id)
          nowMs += pauseMs
          send()
        }
        nowMs += UNDO_MS
        send()
        expect(sent).toEqual(done)
        expect(waitingEntries(entries)).toEqual([])
      },
    ),
  )
})
