import type { Bus, LoggedEvent } from '../bus/index.ts'
import type { Clock, Log, Principal } from '../platform/index.ts'
import { dropSubscriber, refusalOf } from './drop-subscriber.ts'
import { deliver, type TopicState } from './log-subscription.ts'
import type { TopicIndex } from './topic-index.ts'
import { type ChangeBody, type LiveTopics, readerKey, type TopicMessage } from './topics.ts'

/** What following a zone's log needs. */
export interface ZoneLogDeps {
  bus: Bus
  clock: Clock
  log: Log
  topics: LiveTopics
  index: TopicIndex
  /** Everything sent of this zone may have a gap: its subscribers start over. */
  onGap(zoneId: string): void
}

/** A zone's log on its way to the subscribers of this node. */
export interface ZoneLog {
  zoneId: string
  /**
   * Runs a task between two events, with the sequence of the last one. Whoever subscribes there misses nothing: events
   * before it are in what rooms hold in memory, those after it find the subscriber.
   */
  between<Answer>(task: (position: number) => Answer): Promise<Answer>
  /** Sends something outside the log to a topic, after everything before it. */
  push(message: TopicMessage): void
  stop(): Promise<void>
}

/** An event that cannot be turned into messages is tried so often; then the zone's subscribers get fresh snapshots. */
const TRIES = 5
const RETRY_MS = 500

/** Follows a zone's log: one event after the other becomes messages, each encoded once per kind of reader. */
export async function followZoneLog(deps: ZoneLogDeps, zoneId: string): Promise<ZoneLog> {
  const { bus, log, topics, index } = deps
  let position = 0
  let chain: Promise<void> = Promise.resolve()
  let isStopped = false

  const fanOut = async (message: TopicMessage, sequence: number | undefined, atMs: number) => {
    const state = index.get(message.topic)
    if (!state) return
    const bodies = await bodiesFor(state, message)
    const place = sequence === undefined ? {} : { sequence, previous: state.last }
    const texts = new Map<unknown, string>()
    for (const subscriber of state.subscribers) {
      const body = bodies(subscriber.reader)
      if (!body) {
        dropSubscriber(index, subscriber, 'not_found')
        continue
      }
      let text = texts.get(body)
      if (text === undefined) texts.set(body, (text = JSON.stringify({ ...body, topic: message.topic, ...place, atMs })))
      deliver(subscriber, text, sequence)
    }
    if (sequence !== undefined) state.last = sequence
  }
  const take = async (event: LoggedEvent) => {
    for (let attempt = 1; !isStopped; attempt++) {
      try {
        for (const { message, sequence } of placed(event, await topics.changes(zoneId, event, index.isWatched))) {
          await fanOut(message, sequence, event.atMs)
        }
        break
      } catch (error) {
        log.warn({ err: error, zoneId, event: event.type, attempt }, 'an event could not be told to subscribers')
        if (attempt === TRIES) {
          deps.onGap(zoneId)
          break
        }
        await new Promise<void>((resolve) => deps.clock.after(RETRY_MS * deps.clock.speed, resolve))
      }
    }
    position = Math.max(position, event.sequence)
  }
  const queue = (task: () => Promise<void>) => {
    chain = chain.then(task).catch((error: unknown) => log.error({ err: error, zoneId }, 'a message was not sent to subscribers'))
  }

  const unfollow = await bus.follow(zoneId, {
    onEvent: (event) => queue(() => take(event)),
    onGap: () =>
      queue(async () => {
        position = await bus.position(zoneId)
        deps.onGap(zoneId)
      }),
  })
  position = Math.max(position, await bus.position(zoneId))
  return {
    zoneId,
    between: (task) => new Promise((resolve) => queue(async () => resolve(task(position)))),
    push: (message) => queue(() => fanOut(message, undefined, deps.clock.nowMs())),
    async stop() {
      isStopped = true
      unfollow()
      await chain
    },
  }
}

/** The first message of an event for each topic has the event's place in its history, further ones have none. */
export function placed(event: LoggedEvent, messages: readonly TopicMessage[]) {
  const seen = new Set<string>()
  return messages.map((message) => {
    const isFirst = !seen.has(message.topic)
    seen.add(message.topic)
    return { message, sequence: isFirst ? event.sequence : undefined }
  })
}

/** Makes the bodies for all readers of a topic, none for those it is not for; who comes while one is made is looked after too. */
async function bodiesFor(state: TopicState, message: TopicMessage): Promise<(reader: Principal) => ChangeBody | undefined> {
  const { body } = message
  if (typeof body !== 'function') return () => body
  const made = new Map<string, ChangeBody | undefined>()
  for (;;) {
    const missing = [...state.subscribers].find(({ reader }) => !made.has(readerKey(reader)))
    if (!missing) return (reader) => made.get(readerKey(reader))
    made.set(readerKey(missing.reader), await bodyFor(body, missing.reader))
  }
}

async function bodyFor(make: (reader: Principal) => ChangeBody | Promise<ChangeBody>, reader: Principal) {
  try {
    return await make(reader)
  } catch (error) {
    if (refusalOf(error)) return undefined
    throw error
  }
}
