import type { Bus, LoggedEvent, LogPage } from '../bus/index.ts'
import type { Clock, Log } from '../platform/index.ts'
import { dropSubscriber } from './drop-subscriber.ts'
import { deliver } from './log-subscription.ts'
import { bodiesOf, type PreparedEvent, type PreparedMessage, prepareEvent, readersOf } from './prepare-event.ts'
import { createRecentEvents } from './recent-events.ts'
import type { TopicIndex } from './topic-index.ts'
import type { LiveTopics, TopicMessage } from './topics.ts'

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
  /** What came after a place in the log, from memory where that reaches. */
  read(afterSequence: number): Promise<LogPage>
  /** Sends something outside the log to a topic, after everything before it. */
  push(message: TopicMessage): void
  stop(): Promise<void>
}

/** An event that cannot be turned into messages is tried so often; then the zone's subscribers get fresh snapshots. */
const TRIES = 5
const RETRY_MS = 500

/** So many events next in line are made into messages at the same time: their database reads overlap, their order stays. */
const MOST_AT_ONCE = 32

/** Follows a zone's log: every event becomes messages, each encoded once per kind of reader, sent one event after the other. */
export async function followZoneLog(deps: ZoneLogDeps, zoneId: string): Promise<ZoneLog> {
  const { bus, log, topics, index } = deps
  const recent = createRecentEvents()
  let position = 0
  /** The sequence of the last event that came, told or not. */
  let seen = 0
  let chain: Promise<void> = Promise.resolve()
  let underWay = 0
  const waiting: (() => void)[] = []
  let isStopped = false

  const fanOut = async ({ topic, sequence, bodies }: PreparedMessage, atMs: number) => {
    // Whoever came while bodies were made is looked after too; then everyone is served without a pause.
    while (await bodies.make(readersOf(index, topic)));
    const state = index.get(topic)
    if (!state) return
    const place = sequence === undefined ? {} : { sequence, previous: state.last }
    const texts = new Map<unknown, string>()
    for (const subscriber of state.subscribers) {
      const body = bodies.get(subscriber.reader)
      if (!body) {
        dropSubscriber(index, subscriber, 'not_found')
        continue
      }
      let text = texts.get(body)
      if (text === undefined) texts.set(body, (text = JSON.stringify({ ...body, topic, ...place, atMs })))
      deliver(subscriber, text, sequence)
    }
    if (sequence !== undefined) state.last = sequence
  }
  const prepare = (event: LoggedEvent) => prepareEvent(topics, index, zoneId, event)
  const tell = async (event: LoggedEvent, early: PreparedEvent | undefined) => {
    const isWhole = early !== undefined && early.topicsOpened === index.opened()
    const { messages } = isWhole ? early : await prepare(event)
    for (const message of messages) await fanOut(message, event.atMs)
  }
  const take = async (event: LoggedEvent, preparing: Promise<PreparedEvent | undefined>) => {
    let early = await preparing
    for (let attempt = 1; !isStopped; attempt++) {
      try {
        await tell(event, early)
        break
      } catch (error) {
        early = undefined
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
  /** Answers when an event is among the next few to be sent: what comes in a burst is prepared as far ahead as any other. */
  const nextInLine = (): Promise<void> | undefined => {
    if (underWay >= MOST_AT_ONCE) return new Promise((resolve) => waiting.push(resolve))
    underWay++
  }
  const wasSent = () => {
    const next = waiting.shift()
    if (next) next()
    else underWay--
  }
  /** Makes messages before it is the event's turn; a failure is met again when it is. */
  const prepareEarly = async (event: LoggedEvent) => {
    await nextInLine()
    return prepare(event).catch(() => undefined)
  }
  const queue = (task: () => Promise<void>) => {
    chain = chain.then(task).catch((error: unknown) => log.error({ err: error, zoneId }, 'a message was not sent to subscribers'))
  }

  const unfollow = await bus.follow(zoneId, {
    onEvent(event) {
      seen = event.sequence
      recent.add(event)
      const preparing = prepareEarly(event)
      queue(() => take(event, preparing).finally(wasSent))
    },
    onGap() {
      seen = 0
      recent.forget()
      queue(async () => {
        position = await bus.position(zoneId)
        recent.restart(Math.max(position, seen))
        deps.onGap(zoneId)
      })
    },
  })
  position = Math.max(position, await bus.position(zoneId))
  // What was followed while the position was asked for is not in memory.
  recent.restart(Math.max(position, seen))
  return {
    zoneId,
    async read(afterSequence) {
      const events = recent.since(afterSequence)
      return events ? { events, complete: true } : bus.read(zoneId, afterSequence)
    },
    between: (task) => new Promise((resolve) => queue(async () => resolve(task(position)))),
    push: (message) =>
      queue(() => fanOut({ topic: message.topic, sequence: undefined, bodies: bodiesOf(message) }, deps.clock.nowMs())),
    async stop() {
      isStopped = true
      unfollow()
      await chain
    },
  }
}
