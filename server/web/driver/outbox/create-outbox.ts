import type { HttpClient, Timers } from '@doorstep/shared/client'
import { addEntry, dismiss, markRefused, markSent, msUntilNext, nextToSend, type OutboxEntry, takeBack } from './outbox-entry.ts'
import type { OutboxStore } from './outbox-store.ts'
import { sendEntry } from './send-entry.ts'

/** What an outbox is made from. */
export interface OutboxDeps {
  store: OutboxStore
  client: HttpClient
  timers: Timers
  newId: () => string
  /** Runs a task while no other tab of this phone does. */
  alone: <T>(task: () => Promise<T>) => Promise<T>
  /** Told of every change. */
  changed: (entries: readonly OutboxEntry[]) => void
  /** Something arrived or was refused: the state shown is to be read again. */
  settled: (entry: OutboxEntry) => void
  signedOut: () => void
}

/** Everything the driver does goes through here: kept on the phone first, sent in order, once. */
export interface Outbox {
  /** Reads what is kept from before and begins to send. */
  start(): Promise<void>
  /** Answers the entry's id. */
  add(wanted: Omit<OutboxEntry, 'id' | 'seq' | 'state' | 'holdUntilMs'>): Promise<string>
  undo(id: string): Promise<void>
  dismiss(id: string): Promise<void>
  /** The network came back, or the person asked: try at once. */
  sendNow(): void
  close(): void
}

/** After a try that did not arrive: first, then twice as long, up to this. */
const RETRY_MS = { first: 1_000, most: 15_000 }

/** Makes an outbox over a store; nothing is sent before `start`. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { store, timers } = deps
  let failures = 0
  let isSending = false
  let isClosed = false
  let cancelTimer = () => {}

  const change = async (how: (entries: OutboxEntry[]) => OutboxEntry[]) => {
    const entries = await store.change(how)
    deps.changed(entries)
    return entries
  }
  const schedule = (ms: number) => {
    cancelTimer()
    if (!isClosed) cancelTimer = timers.after(ms, () => void pump())
  }
  const sendOne = () =>
    deps.alone(async () => {
      const entry = nextToSend(await store.read(), timers.nowMs())
      if (!entry || isClosed) return false
      const outcome = await sendEntry(deps.client, entry)
      if (outcome.kind === 'signed_out') deps.signedOut()
      if (outcome.kind === 'signed_out' || outcome.kind === 'later') {
        failures++
        return false
      }
      failures = 0
      await change((entries) =>
        outcome.kind === 'sent' ? markSent(entries, entry.id, timers.nowMs()) : markRefused(entries, entry.id, outcome.refusal),
      )
      deps.settled(entry)
      return true
    })
  const pump = async () => {
    if (isSending || isClosed) return
    isSending = true
    try {
      while (await sendOne());
    } finally {
      isSending = false
    }
    const untilNext = msUntilNext(await store.read(), timers.nowMs())
    if (untilNext === undefined) return
    const waitMs = failures === 0 ? 0 : Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** Math.min(failures - 1, 10))
    schedule(Math.max(untilNext, waitMs))
  }

  return {
    async start() {
      deps.changed(await store.read())
      await pump()
    },
    async add(wanted) {
      const id = deps.newId()
      await change((entries) => addEntry(entries, { ...wanted, id }, timers.nowMs()))
      schedule(0)
      return id
    },
    async undo(id) {
      await change((entries) => takeBack(entries, id))
    },
    async dismiss(id) {
      await change((entries) => dismiss(entries, id))
    },
    sendNow() {
      failures = 0
      schedule(0)
    },
    close() {
      isClosed = true
      cancelTimer()
    },
  }
}
