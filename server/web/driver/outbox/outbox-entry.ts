import type { Offer } from '@doorstep/shared/contract'
import type { OrderId } from '@doorstep/shared/domain'

/** What a driver can do with an order, by the names of `PATCH /orders/:id/status`, and the two answers to an offer. */
export type OutboxActionName =
  | 'accept'
  | 'decline'
  | 'arrive_at_merchant'
  | 'pick_up'
  | 'depart'
  | 'arrive_at_customer'
  | 'deliver'
  | 'fail'

/** One thing the driver did, as it is kept on the phone until the server has it. */
export interface OutboxEntry {
  /** Random; the idempotency key where the route takes one. */
  id: string
  /** Counts up on this phone: the order in which things were done and are sent. */
  seq: number
  action: OutboxActionName
  orderId: OrderId
  /** The order's number and the stop's name, for what the person reads. */
  number: number
  name: string
  reason?: string
  /** With accept: what was accepted, so that its stops can be shown before the server has planned them. */
  offer?: Offer
  /** The server's time at which it was done, as this phone knows it. */
  doneAtMs: number
  /** Not sent before this moment of the phone's clock, so that it can be taken back. */
  holdUntilMs: number
  /** The entry that this one follows from, and is taken back with. */
  becauseOf?: string
  state: 'waiting' | 'sent' | 'refused'
  /** With sent: the phone's clock when the answer came. */
  sentAtMs?: number
  /** With refused: the server's code, and who changed what. */
  refusal?: Refusal
}

/** Why the server did not take an action. */
export interface Refusal {
  code: string
  detail: string | null
  changedBy: string | null
}

/** Seconds in which an action can be taken back. */
export const UNDO_MS = 10_000

const BY_SEQ = (a: OutboxEntry, b: OutboxEntry) => a.seq - b.seq

/** Answers to an offer cannot wait: it expires. */
const isUrgent = (action: OutboxActionName) => action === 'accept' || action === 'decline'

/** What is still to be sent, oldest first. */
export function waitingEntries(entries: readonly OutboxEntry[]): OutboxEntry[] {
  return entries.filter((entry) => entry.state === 'waiting').sort(BY_SEQ)
}

/**
 * Puts an action at the end. Whatever waited for its ten seconds of undo is released by it: who goes on has not changed
 * their mind. The same action on the same order that still waits is not done a second time.
 */
export function addEntry(
  entries: readonly OutboxEntry[],
  wanted: Omit<OutboxEntry, 'seq' | 'state' | 'holdUntilMs'>,
  nowMs: number,
): OutboxEntry[] {
  const isThere = entries.some(
    (entry) => entry.state === 'waiting' && entry.orderId === wanted.orderId && entry.action === wanted.action,
  )
  if (isThere) return [...entries]
  const seq = entries.reduce((most, entry) => Math.max(most, entry.seq), 0) + 1
  const holdUntilMs = isUrgent(wanted.action) ? 0 : nowMs + UNDO_MS
  const released = wanted.becauseOf || isUrgent(wanted.action) ? [...entries] : entries.map(release)
  return [...released, { ...wanted, seq, state: 'waiting', holdUntilMs }]
}

const release = (entry: OutboxEntry): OutboxEntry => (entry.state === 'waiting' ? { ...entry, holdUntilMs: 0 } : entry)

/** Takes back an action that still waits, and what followed from it. */
export function takeBack(entries: readonly OutboxEntry[], id: string): OutboxEntry[] {
  return entries.filter((entry) => entry.state !== 'waiting' || (entry.id !== id && entry.becauseOf !== id))
}

/** The latest action that can still be taken back. */
export function undoable(entries: readonly OutboxEntry[], nowMs: number): OutboxEntry | undefined {
  return waitingEntries(entries)
    .filter((entry) => entry.becauseOf === undefined && entry.holdUntilMs > nowMs)
    .at(-1)
}

/**
 * What to send now: the oldest that waits, unless it may still be taken back. Answers to offers do not stand behind an
 * action on another order that is only waiting for its undo.
 */
export function nextToSend(entries: readonly OutboxEntry[], nowMs: number): OutboxEntry | undefined {
  const waiting = waitingEntries(entries)
  const [first] = waiting
  if (!first || first.holdUntilMs <= nowMs) return first
  return waiting.find(
    (entry) => isUrgent(entry.action) && !waiting.some((one) => one.seq < entry.seq && one.orderId === entry.orderId),
  )
}

/** Milliseconds until the oldest may be sent; undefined when nothing waits. */
export function msUntilNext(entries: readonly OutboxEntry[], nowMs: number): number | undefined {
  const [first] = waitingEntries(entries)
  return first && Math.max(0, first.holdUntilMs - nowMs)
}

/** Marks an entry as arrived. Only the last few that arrived are kept, to be shown. */
export function markSent(entries: readonly OutboxEntry[], id: string, nowMs: number): OutboxEntry[] {
  const marked = entries.map((entry) => (entry.id === id ? { ...entry, state: 'sent' as const, sentAtMs: nowMs } : entry))
  const sent = marked.filter((entry) => entry.state === 'sent').sort(BY_SEQ)
  const gone = new Set(sent.slice(0, Math.max(0, sent.length - SENT_KEPT)).map((entry) => entry.id))
  return marked.filter((entry) => !gone.has(entry.id))
}

const SENT_KEPT = 5

/** Marks an entry as refused; later ones on the same order follow from it and are dropped. */
export function markRefused(entries: readonly OutboxEntry[], id: string, refusal: Refusal): OutboxEntry[] {
  const refused = entries.find((entry) => entry.id === id)
  if (!refused) return [...entries]
  return entries
    .filter((entry) => entry.state !== 'waiting' || entry.orderId !== refused.orderId || entry.seq <= refused.seq)
    .map((entry) => (entry.id === id ? { ...entry, state: 'refused' as const, refusal } : entry))
}

/** Forgets a refused entry that the person has read. */
export function dismiss(entries: readonly OutboxEntry[], id: string): OutboxEntry[] {
  return entries.filter((entry) => entry.id !== id || entry.state !== 'refused')
}
