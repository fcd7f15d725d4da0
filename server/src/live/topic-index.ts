import type { LogSubscription, TopicState } from './log-subscription.ts'

/** Who is subscribed to what, found by topic. */
export interface TopicIndex {
  get(topic: string): TopicState | undefined
  isWatched(topic: string): boolean
  /** Adds a subscriber; the first one opens the topic at the log's place. */
  add(topic: string, zoneId: string, at: number, subscription: Omit<LogSubscription, 'state'>): LogSubscription
  remove(subscription: LogSubscription): void
  ofZone(zoneId: string): Iterable<LogSubscription>
  /** How many topics were ever opened. */
  opened(): number
}

/** An empty index. */
export function createTopicIndex(): TopicIndex {
  const topics = new Map<string, TopicState>()
  let opened = 0
  return {
    get: (topic) => topics.get(topic),
    isWatched: (topic) => topics.has(topic),
    add(topic, zoneId, at, rest) {
      let state = topics.get(topic)
      if (!state) {
        state = { topic, zoneId, last: at, subscribers: new Set() }
        topics.set(topic, state)
        opened++
      }
      const subscription: LogSubscription = { ...rest, state }
      state.subscribers.add(subscription)
      return subscription
    },
    remove(subscription) {
      const { state } = subscription
      state.subscribers.delete(subscription)
      if (state.subscribers.size === 0 && topics.get(state.topic) === state) topics.delete(state.topic)
    },
    *ofZone(zoneId) {
      for (const state of topics.values()) if (state.zoneId === zoneId) yield* state.subscribers
    },
    opened: () => opened,
  }
}
