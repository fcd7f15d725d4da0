import type { ErrorCode, ServerMessage } from '@doorstep/shared/contract'
import type { LoggedEvent } from '../bus/index.ts'
import type { Log, Principal } from '../platform/index.ts'
import { dropSubscriber, refusalOf } from './drop-subscriber.ts'
import { becomeCurrent, encode, type LogSubscription } from './log-subscription.ts'
import type { Outbox } from './outbox.ts'
import { placed } from './prepare-event.ts'
import type { TopicIndex } from './topic-index.ts'
import { type LiveTopics, parseTopic } from './topics.ts'
import type { Turnstile } from './turnstile.ts'
import type { ZoneLog } from './zone-log.ts'

/** What subscribing needs. */
export interface SubscribeDeps {
  log: Log
  topics: LiveTopics
  index: TopicIndex
  zones: ReadonlyMap<string, ZoneLog>
  /** What reads the database for subscribers goes through here, so that thousands who come back together leave room to others. */
  turnstile: Turnstile
}

/** A client's wish to follow a topic. */
export interface SubscribeRequest {
  topic: string
  ref: number
  after: number | undefined
  reader: Principal
  outbox: Outbox
}

/** More missed changes than this are not sent one by one. */
const MOST_REPLAYED = 500

/**
 * Subscribes: the subscriber is in the index before anything is read, so that nothing is missed; what comes meanwhile waits.
 * Answers the subscription, or why there is none. `isWanted` says whether the client still waits for it.
 */
export async function subscribeToLog(
  deps: SubscribeDeps,
  request: SubscribeRequest,
  isWanted: () => boolean,
): Promise<LogSubscription | ErrorCode | undefined> {
  const { kind, id } = parseTopic(request.topic)
  const source = deps.topics.sources[kind as keyof LiveTopics['sources']]
  const opened = await deps.turnstile(async () => (isWanted() ? source.open(request.reader, id) : null))
  if (!isWanted()) return undefined
  if (!opened) return 'not_found'
  const zone = deps.zones.get(opened.zoneId)
  if (!zone) return 'unavailable'
  const { reader, outbox, ref } = request
  const place = {
    reader,
    outbox,
    ref,
    sequence: request.after ?? 0,
    mode: 'loading' as const,
    pending: [],
    starts: 0,
    isReset: false,
  }
  return zone.between((at) => {
    if (!isWanted()) return undefined
    const subscription = deps.index.add(request.topic, opened.zoneId, at, place)
    load(deps, subscription, request.after, at).catch((error: unknown) => refuse(deps, subscription, error))
    return subscription
  })
}

/** Brings a subscriber up to date that is behind, from where it is. */
export function catchUp(deps: SubscribeDeps, subscription: LogSubscription): void {
  if (subscription.mode === 'lagging') start(deps, subscription, subscription.isReset ? undefined : subscription.sequence)
}

/** Sends a subscriber everything anew. */
export function startOver(deps: SubscribeDeps, subscription: LogSubscription): void {
  subscription.isReset = true
  start(deps, subscription, undefined)
}

function start(deps: SubscribeDeps, subscription: LogSubscription, after: number | undefined): void {
  subscription.mode = 'loading'
  subscription.pending = []
  void deps.zones.get(subscription.state.zoneId)?.between((at) => {
    load(deps, subscription, after, at).catch((error: unknown) => refuse(deps, subscription, error))
  })
}

/** Brings a subscriber to the place `at` of the log; what comes after waits until it is there. */
async function load(deps: SubscribeDeps, subscription: LogSubscription, after: number | undefined, at: number): Promise<void> {
  const mine = ++subscription.starts
  const isCurrent = () => subscription.starts === mine && subscription.state.subscribers.has(subscription)
  subscription.mode = 'loading'
  subscription.pending = []
  const answer = after === undefined ? undefined : await missedSince(deps, subscription, after, at, isCurrent)
  if (!isCurrent()) return
  if (answer) {
    for (const text of answer.texts) if (!subscription.outbox.offer(text)) return lag(subscription)
    subscription.sequence = Math.max(after!, at)
    const { topic } = subscription.state
    const { ref, sequence } = subscription
    subscription.outbox.force(encode({ type: 'resumed', topic, ref, sequence, previous: answer.previous }))
    return settle(deps, subscription)
  }
  const { kind, id } = parseTopic(subscription.state.topic)
  const source = deps.topics.sources[kind as keyof LiveTopics['sources']]
  const body = await deps.turnstile(async () => (isCurrent() ? source.snapshot(subscription.reader, id) : null))
  if (!isCurrent()) return
  const { ref } = subscription
  const reset = subscription.isReset ? { isReset: true as const } : {}
  const text = encode({ type: 'snapshot', topic: subscription.state.topic, ref, sequence: at, ...reset, body } as ServerMessage)
  if (!subscription.outbox.offer(text)) return lag(subscription)
  subscription.isReset = false
  subscription.sequence = at
  settle(deps, subscription)
}

/** Current, unless more came meanwhile than was kept: then the log is read on, now or when there is room. */
function settle(deps: SubscribeDeps, subscription: LogSubscription): void {
  becomeCurrent(subscription)
  if (subscription.mode === 'lagging' && subscription.outbox.isRoomy()) catchUp(deps, subscription)
}

function lag(subscription: LogSubscription): void {
  subscription.mode = 'lagging'
  subscription.pending = []
}

/** The changes of a topic between two places of the log, encoded; undefined when only a snapshot can help. */
async function missedSince(
  deps: SubscribeDeps,
  subscription: LogSubscription,
  after: number,
  at: number,
  isCurrent: () => boolean,
): Promise<{ texts: string[]; previous: number } | undefined> {
  const { topic, zoneId } = subscription.state
  const page = await deps.zones
    .get(zoneId)!
    .read(after)
    .catch((error: unknown) => {
      deps.log.warn({ err: error, zoneId }, 'the log of a zone could not be read; a snapshot is sent instead')
      return { events: [], complete: false }
    })
  if (!page.complete) return undefined
  const parsed = parseTopic(topic)
  const missed = page.events.filter((event) => event.sequence <= at && deps.topics.mayConcern(parsed, event))
  if (missed.length > MOST_REPLAYED) return undefined
  const missedTexts = { texts: [] as string[], previous: after }
  if (missed.length === 0) return missedTexts
  return deps.turnstile(async () => {
    for (const event of missed) {
      if (!isCurrent()) break
      await encodeMissed(deps, subscription, event, missedTexts)
    }
    return missedTexts.texts.length > MOST_REPLAYED ? undefined : missedTexts
  })
}

/** Adds what an event meant for a topic to what was missed on it. */
async function encodeMissed(
  { topics }: SubscribeDeps,
  { reader, state: { topic, zoneId } }: LogSubscription,
  event: LoggedEvent,
  missed: { texts: string[]; previous: number },
): Promise<void> {
  for (const { message, sequence } of placed(event, await topics.changes(zoneId, event, (name) => name === topic))) {
    if (message.topic !== topic) continue
    const body = typeof message.body === 'function' ? await message.body(reader) : message.body
    const place = sequence === undefined ? {} : { sequence, previous: missed.previous }
    missed.texts.push(JSON.stringify({ ...body, topic, ...place, atMs: event.atMs }))
    missed.previous = sequence ?? missed.previous
  }
}

function refuse(deps: SubscribeDeps, subscription: LogSubscription, error: unknown): void {
  const { topic } = subscription.state
  const code = refusalOf(error)
  if (!code) deps.log.warn({ err: error, topic }, 'a topic could not be read for a subscriber')
  dropSubscriber(deps.index, subscription, code ?? 'unavailable')
}
