import type { ApiProblem, HttpClient, Timers } from '@doorstep/shared/client'
import { type DeliveryState, fail, type OrderId, ok } from '@doorstep/shared/domain'
import { expect, test } from 'vitest'
import { createOutbox } from './create-outbox.ts'
import type { OutboxEntry } from './outbox-entry.ts'
import { memoryOutboxStore, type OutboxStore } from './outbox-store.ts'

const ORDER = '00000000-0000-4000-8000-000000000001' as OrderId
const unreachable: ApiProblem = { kind: 'unreachable', detail: 'tunnel' }
const refused = (code: string, status: number) =>
  ({ kind: 'refused', problem: { type: '', title: '', code, status } }) as unknown as ApiProblem

function handTimers(): Timers & { pass(ms: number): Promise<void> } {
  let nowMs = 0
  let tasks: { atMs: number; task: () => void }[] = []
  return {
    nowMs: () => nowMs,
    after(delayMs, task) {
      const entry = { atMs: nowMs + delayMs, task }
      tasks.push(entry)
      return () => {
        tasks = tasks.filter((one) => one !== entry)
      }
    },
    async pass(ms) {
      const untilMs = nowMs + ms
      for (;;) {
        await settle()
        const due = tasks.filter((one) => one.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
        if (!due) break
        tasks = tasks.filter((one) => one !== due)
        nowMs = Math.max(nowMs, due.atMs)
        due.task()
      }
      nowMs = untilMs
      await settle()
    },
  }
}
const settle = async () => {
  for (let i = 0; i < 30; i++) await Promise.resolve()
}

/** A server with one order: each action moves it on once; the network may fail before or after that. */
function fakeServer() {
  const server = { delivery: 'assigned' as DeliveryState, took: [] as string[], network: 'up' as 'up' | 'down' | 'loses_answers' }
  const next: Record<string, [from: DeliveryState[], to: DeliveryState]> = {
    arrive_at_merchant: [['assigned'], 'at_merchant'],
    pick_up: [['assigned', 'at_merchant'], 'picked_up'],
    arrive_at_customer: [['picked_up', 'in_transit'], 'at_customer'],
    deliver: [['picked_up', 'in_transit', 'at_customer'], 'delivered'],
  }
  const call = async (key: string, input: { body?: { action: string } }) => {
    if (server.network === 'down') return fail(unreachable)
    if (key === 'GET /orders/:id') return ok({ delivery: server.delivery, ended: null })
    const action = input.body?.action ?? 'accept'
    const rule = next[action]
    if (!rule?.[0].includes(server.delivery)) return fail(refused('action_not_allowed', 409))
    server.delivery = rule[1]
    server.took.push(action)
    return server.network === 'loses_answers' ? fail(unreachable) : ok({})
  }
  return { server, client: { call } as unknown as HttpClient }
}

let ids = 0
function open(store: OutboxStore, client: HttpClient, timers: Timers) {
  const seen: { entries: readonly OutboxEntry[] } = { entries: [] }
  const outbox = createOutbox({
    store,
    client,
    timers,
    newId: () => `id-${++ids}`,
    alone: (task) => task(),
    changed: (entries) => {
      seen.entries = entries
    },
    settled: () => {},
    signedOut: () => {},
  })
  return { outbox, seen }
}
const done = (action: OutboxEntry['action']) => ({ action, orderId: ORDER, number: 4821, name: 'Casa Bolhão', doneAtMs: 0 })

test('what is done in a tunnel arrives afterwards, in order and once, also over a reload of the app', async () => {
  const timers = handTimers()
  const store = memoryOutboxStore()
  const { server, client } = fakeServer()
  server.network = 'down'
  const before = open(store, client, timers)
  await before.outbox.start()
  await before.outbox.add(done('arrive_at_merchant'))
  await before.outbox.add(done('pick_up'))
  await timers.pass(60_000)
  expect(server.took).toEqual([])
  before.outbox.close()

  const after = open(store, client, timers)
  await after.outbox.start()
  await after.outbox.add(done('arrive_at_customer'))
  server.network = 'up'
  after.outbox.sendNow()
  await timers.pass(30_000)
  expect(server.took).toEqual(['arrive_at_merchant', 'pick_up', 'arrive_at_customer'])
  expect(after.seen.entries.map((entry) => entry.state)).toEqual(['sent', 'sent', 'sent'])
})

test('an action whose answer was lost is not done twice, and counts as arrived', async () => {
  const timers = handTimers()
  const { server, client } = fakeServer()
  const { outbox, seen } = open(memoryOutboxStore(), client, timers)
  await outbox.start()
  server.network = 'loses_answers'
  await outbox.add(done('pick_up'))
  await timers.pass(11_000)
  server.network = 'up'
  await timers.pass(60_000)
  expect(server.took).toEqual(['pick_up'])
  expect(seen.entries.map((entry) => entry.state)).toEqual(['sent'])
})

test('an action that was taken back within ten seconds never reaches the server', async () => {
  const timers = handTimers()
  const { server, client } = fakeServer()
  const { outbox, seen } = open(memoryOutboxStore(), client, timers)
  await outbox.start()
  const id = await outbox.add(done('deliver'))
  await timers.pass(9_000)
  await outbox.undo(id)
  await timers.pass(60_000)
  expect(server.took).toEqual([])
  expect(seen.entries).toEqual([])
})

test('what the server does not take is kept to be read, with its reason', async () => {
  const timers = handTimers()
  const { server, client } = fakeServer()
  server.delivery = 'cancelled'
  const { outbox, seen } = open(memoryOutboxStore(), client, timers)
  await outbox.start()
  await outbox.add(done('pick_up'))
  await timers.pass(11_000)
  expect(seen.entries.map((entry) => [entry.state, entry.refusal?.code])).toEqual([['refused', 'order_cancelled']])
})
