import type { ClientMessage, ServerMessage } from '../contract/index.ts'
import { type OrderPosition, readHeader, readOrderPosition } from '../contract/live-frames.ts'
import { type LiveView, type Subscription, type TopicListener, takeMessage } from './live-subscription.ts'
import type { Timers } from './timers.ts'

type OnTopic = Exclude<ServerMessage, { type: 'hello' | 'pong' | 'going_away' | 'position_refused' | 'problem' | 'node_state' }>

/** An answer to a subscribe that has not come by then is asked for again. */
const ANSWER_TIMEOUT_MS = 8_000

/** The topics of a client, each at its place in its history. */
export interface Topics {
  open(topic: string, listener: TopicListener, view: LiveView | undefined): Subscription
  close(subscription: Subscription): void
  /** Asks for everything again, each from where it is: the connection is new. */
  askAll(): void
  /** Asks again where no answer came. */
  askOverdue(): void
  receive(message: OnTopic): void
  receiveFrame(frame: DataView): void
  /** What the server has sent on each topic: who is behind asks again. */
  compare(heads: readonly (readonly [topic: string, sequence: number])[]): void
  isWaiting(): boolean
}

/** Makes an empty set of topics; `send` may lose what it is given, `onFrame` gets the frames of fleets. */
export function createTopics(
  timers: Timers,
  send: (message: ClientMessage) => void,
  onFrame: ((frame: DataView, topic: string) => void) | undefined,
): Topics {
  const topics = new Map<string, Subscription>()
  const channels = new Map<number, string>()
  let refs = 0

  const ask = (s: Subscription) => {
    s.state = 'asking'
    s.ref = ++refs
    s.askedAtMs = timers.nowMs()
    const place = s.sequence === undefined ? {} : { after: s.sequence }
    send({ type: 'subscribe', topic: s.topic, ref: s.ref, ...place, ...(s.view && { view: s.view }) })
  }

  return {
    open(topic, listener, view) {
      if (topics.has(topic)) throw new Error(`already subscribed to ${topic}`)
      const s: Subscription = { topic, listener, view, state: 'asking', ref: 0, sequence: undefined, askedAtMs: 0 }
      topics.set(topic, s)
      ask(s)
      return s
    },
    close(s) {
      if (topics.get(s.topic) !== s) return
      topics.delete(s.topic)
      send({ type: 'unsubscribe', topic: s.topic })
    },
    askAll() {
      channels.clear()
      for (const s of topics.values()) if (s.state !== 'refused') ask(s)
    },
    askOverdue() {
      const beforeMs = timers.nowMs() - ANSWER_TIMEOUT_MS
      for (const s of topics.values()) if (s.state === 'asking' && s.askedAtMs < beforeMs) ask(s)
    },
    receive(message) {
      const s = topics.get(message.topic)
      if (!s) return send({ type: 'unsubscribe', topic: message.topic })
      if (message.type === 'location_update') return s.listener.onLocation?.(message)
      if (message.type === 'presence') return s.listener.onPresence?.(message.present)
      if (message.type === 'snapshot' && message.ref === s.ref) rememberChannel(channels, message)
      if (takeMessage(s, message) === 'gap') ask(s)
    },
    receiveFrame(frame) {
      const position = readOrderPosition(frame)
      if (position) return topics.get(`order:${position.orderId}`)?.listener.onLocation?.(toLocation(position))
      const topic = channels.get(readHeader(frame)?.channel ?? -1)
      if (topic && topics.has(topic)) onFrame?.(frame, topic)
    },
    compare(heads) {
      for (const [topic, head] of heads) {
        const s = topics.get(topic)
        if (s?.state === 'current' && (s.sequence ?? 0) < head) ask(s)
      }
    },
    isWaiting: () => [...topics.values()].some((s) => s.state === 'asking'),
  }
}

function rememberChannel(channels: Map<number, string>, { topic, body }: Extract<ServerMessage, { type: 'snapshot' }>): void {
  const channel = (body as { channel?: number } | null)?.channel
  if (topic.endsWith(':fleet') && typeof channel === 'number') channels.set(channel, topic)
}

function toLocation(p: OrderPosition) {
  const orNull = (value: number) => (value === value ? value : null)
  return {
    type: 'location_update',
    topic: `order:${p.orderId}`,
    orderId: p.orderId,
    driverId: p.driverId,
    place: { lat: p.lat, lon: p.lon },
    courseDeg: orNull(p.courseDeg),
    speedMps: orNull(p.speedMps),
    atMs: p.atMs,
  } as Extract<ServerMessage, { type: 'location_update' }>
}
