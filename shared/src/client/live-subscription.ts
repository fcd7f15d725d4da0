import type { ServerMessage, TopicChange } from '../contract/index.ts'

/** A map's window: west, south, east, north, and its zoom. */
export interface LiveView {
  bounds: [west: number, south: number, east: number, north: number]
  zoom: number
}

/** What a subscriber is told. */
export interface TopicListener {
  /** The topic as a whole: at the start, and after a gap that could not be closed. Its type follows from the topic. */
  onSnapshot?(body: unknown): void
  /** One change after the other, none twice and none left out. */
  onChange?(change: TopicChange): void
  /** Where the driver of a followed order is; the latest only. */
  onLocation?(location: Extract<ServerMessage, { type: 'location_update' }>): void
  onPresence?(present: Extract<ServerMessage, { type: 'presence' }>['present']): void
  /** The topic does not exist for this user, or not any more. */
  onRefused?(code: string, detail: string | null): void
}

type Sequenced = Extract<ServerMessage, { type: 'snapshot' | 'resumed' | 'refused' }> | TopicChange

/**
 * One topic's place in its history. `asking`: a subscribe is on its way, and changes are left alone until it is answered;
 * `current`: every change up to `sequence` has been told.
 */
export interface Subscription {
  topic: string
  listener: TopicListener
  view: LiveView | undefined
  state: 'asking' | 'current' | 'refused'
  ref: number
  sequence: number | undefined
  askedAtMs: number
}

/** Refusals that pass: the topic stays asked for, and is asked for again when no answer comes. */
const PASSING = ['unavailable', 'internal', 'shutting_down']

/** What a message means for a subscription: nothing to do, or that something was missed and must be asked for again. */
export type Taken = 'taken' | 'gap'

/**
 * Takes a message of the topic. A resume sends what was missed as ordinary changes before it says `resumed`, so changes
 * are taken while asking too, if a place in the history is known and they follow on it.
 */
export function takeMessage(subscription: Subscription, message: Sequenced): Taken {
  switch (message.type) {
    case 'snapshot':
      if (message.ref !== subscription.ref) return 'taken'
      if (!message.isReset && subscription.state === 'current' && message.sequence <= (subscription.sequence ?? 0)) return 'taken'
      subscription.sequence = message.sequence
      subscription.state = 'current'
      subscription.listener.onSnapshot?.(message.body)
      return 'taken'
    case 'resumed':
      if (message.ref !== subscription.ref || subscription.state !== 'asking') return 'taken'
      if (subscription.sequence === undefined || subscription.sequence < message.previous) return 'gap'
      subscription.sequence = Math.max(subscription.sequence, message.sequence)
      subscription.state = 'current'
      return 'taken'
    case 'refused':
      if (message.ref !== subscription.ref || PASSING.includes(message.code)) return 'taken'
      subscription.state = 'refused'
      subscription.listener.onRefused?.(message.code, message.detail)
      return 'taken'
    default:
      return takeChange(subscription, message)
  }
}

function takeChange(subscription: Subscription, change: TopicChange): Taken {
  if (change.sequence === undefined) {
    if (subscription.sequence !== undefined) subscription.listener.onChange?.(change)
    return 'taken'
  }
  const have = subscription.sequence
  if (have === undefined || change.sequence <= have) return 'taken'
  if ((change.previous ?? 0) > have) return subscription.state === 'current' ? 'gap' : 'taken'
  subscription.sequence = change.sequence
  subscription.listener.onChange?.(change)
  return 'taken'
}
