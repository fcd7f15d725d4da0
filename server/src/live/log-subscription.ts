import type { ServerMessage } from '@doorstep/shared/contract'
import type { Principal } from '../platform/index.ts'
import type { Outbox } from './outbox.ts'

/** Messages kept for a subscriber while its snapshot is read; beyond, it starts over. */
const MOST_PENDING = 1_000

/** Where a topic stands on this node. */
export interface TopicState {
  topic: string
  zoneId: string
  /** The sequence of the last change, or where the log was when the topic got its first subscriber. */
  last: number
  subscribers: Set<LogSubscription>
}

/** One connection's subscription of a topic with a history. */
export interface LogSubscription {
  state: TopicState
  reader: Principal
  outbox: Outbox
  ref: number
  /** The sequence up to which everything was sent. */
  sequence: number
  /** `loading` keeps what comes meanwhile; `lagging` lets it go, to be read from the log when there is room. */
  mode: 'loading' | 'current' | 'lagging'
  pending: { text: string; sequence: number | undefined }[]
  /** Counts the times it was started, so that an older start knows that it is over. */
  starts: number
  /** The log it followed is not the one of before: what it has is not continued. */
  isReset: boolean
}

/** Hands a subscriber a change, in order; what does not fit is left to be caught up. */
export function deliver(subscription: LogSubscription, text: string, sequence: number | undefined): void {
  if (subscription.mode === 'lagging' || (sequence !== undefined && sequence <= subscription.sequence)) return
  if (subscription.mode === 'loading') {
    if (subscription.pending.length < MOST_PENDING) subscription.pending.push({ text, sequence })
    else subscription.mode = 'lagging'
    return
  }
  send(subscription, text, sequence)
}

/** Sends what came while loading, and is current from then on. */
export function becomeCurrent(subscription: LogSubscription): void {
  const { pending } = subscription
  subscription.pending = []
  if (subscription.mode !== 'lagging') subscription.mode = 'current'
  for (const { text, sequence } of pending) {
    if (sequence === undefined || sequence > subscription.sequence) send(subscription, text, sequence)
  }
}

function send(subscription: LogSubscription, text: string, sequence: number | undefined): void {
  if (subscription.mode === 'lagging') return
  if (!subscription.outbox.offer(text)) subscription.mode = 'lagging'
  else if (sequence !== undefined) subscription.sequence = sequence
}

/** Encodes a message for the wire. */
export const encode = (message: ServerMessage): string => JSON.stringify(message)
