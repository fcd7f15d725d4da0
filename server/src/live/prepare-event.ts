import type { LoggedEvent } from '../bus/index.ts'
import type { Principal } from '../platform/index.ts'
import { refusalOf } from './drop-subscriber.ts'
import type { TopicIndex } from './topic-index.ts'
import { type ChangeBody, type LiveTopics, readerKey, type TopicMessage } from './topics.ts'

/** The bodies of a message by kind of reader; none for those it is not for. */
export interface Bodies {
  /** Makes what is missing for these readers; answers whether anything was. */
  make(readers: Iterable<Principal>): Promise<boolean>
  get(reader: Principal): ChangeBody | undefined
}

/** A message with its place in its topic's history and its bodies. */
export interface PreparedMessage {
  topic: string
  sequence: number | undefined
  bodies: Bodies
}

/** What an event means, made for those who were subscribed when it was made. */
export interface PreparedEvent {
  messages: PreparedMessage[]
  /** How many topics had ever been opened: with more, somebody may have been left out. */
  topicsOpened: number
}

/** Makes the messages of an event; several events may be prepared at the same time. */
export async function prepareEvent(
  topics: LiveTopics,
  index: TopicIndex,
  zoneId: string,
  event: LoggedEvent,
): Promise<PreparedEvent> {
  const topicsOpened = index.opened()
  const made = placed(event, await topics.changes(zoneId, event, index.isWatched))
  const messages = made.map(({ message, sequence }) => ({ topic: message.topic, sequence, bodies: bodiesOf(message) }))
  await Promise.all(messages.map(({ topic, bodies }) => bodies.make(readersOf(index, topic))))
  return { messages, topicsOpened }
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

/** Those who follow a topic on this node. */
export function* readersOf(index: TopicIndex, topic: string): Iterable<Principal> {
  for (const { reader } of index.get(topic)?.subscribers ?? []) yield reader
}

/** The bodies of a message, none made yet unless it is the same for all. */
export function bodiesOf({ body }: TopicMessage): Bodies {
  if (typeof body !== 'function') return { make: async () => false, get: () => body }
  const made = new Map<string, ChangeBody | undefined>()
  return {
    async make(readers) {
      const missing = new Map([...readers].map((reader) => [readerKey(reader), reader]))
      for (const key of made.keys()) missing.delete(key)
      await Promise.all([...missing].map(async ([key, reader]) => made.set(key, await bodyFor(body, reader))))
      return missing.size > 0
    },
    get: (reader) => made.get(readerKey(reader)),
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
