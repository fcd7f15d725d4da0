import type { ClientMessage, ServerMessage } from '../contract/index.ts'
import { POSITION_BYTES, type WirePosition, writePosition } from '../contract/live-frames.ts'
import { openLink } from './live-link.ts'
import type { OpenSocket } from './live-socket.ts'
import type { LiveView, TopicListener } from './live-subscription.ts'
import { createTopics } from './live-topics.ts'
import { hostTimers, type Timers } from './timers.ts'

/**
 * What the user should be told: `live` everything is current; `catching_up` connected, something is still being fetched;
 * `reconnecting` the connection was lost and is being tried again; `offline` that has not worked for a while, or cannot.
 */
export type LiveState = 'connecting' | 'live' | 'catching_up' | 'reconnecting' | 'offline'

type BusState = Extract<ServerMessage, { type: 'node_state' }>['bus']

/** What a live client is made from. */
export interface LiveClientOptions {
  /** `ws://` or `wss://` address of `/api/v1/live`. */
  url: string
  openSocket: OpenSocket
  /** The name of what connects: `console`, `customer`, `driver-app`, `merchant-app`, `simulator`. */
  client: string
  /** The session's token, asked for at every connect; none where the browser sends a cookie. */
  token?: () => string | undefined
  timers?: Timers
  random?: () => number
  /** Binary frames of a fleet topic, as they come: read them with `readHeader` and `readFleet`. */
  onFrame?: (frame: DataView, topic: string) => void
  onState?: (state: LiveState) => void
  /** A driver's position was refused; the rule says why. */
  onPositionRefused?: (seq: number, rule: string) => void
  /** To staff: the node one is connected to has lost the other nodes (since a moment of its clock), or has them again. */
  onNode?: (bus: BusState, sinceMs: number) => void
  /** The connection ended for good: signed out, not allowed, or an address that does not speak the protocol. */
  onEnded?: (code: number, reason: string) => void
}

/** One subscribed topic. */
export interface LiveTopic {
  /** Shows another part of a fleet. */
  setView(view: LiveView): void
  close(): void
}

/** A connection that keeps itself alive; see `createLiveClient`. */
export interface LiveClient {
  /** Subscribes to a topic that is not subscribed to yet. */
  subscribe(topic: string, listener: TopicListener, view?: LiveView): LiveTopic
  /** Sends a driver's position, if connected; answers whether it was sent. A later one is worth more than a queue of old ones. */
  sendPosition(position: WirePosition): boolean
  /** Says which order this console has open. */
  look(zoneId: string, orderId: string | null): void
  state(): LiveState
  /** The server's clock, from what it said and its speed; the host's before the first connection. */
  serverNowMs(): number
  /** Milliseconds to the server and back, lately; undefined before it was measured. */
  latencyMs(): number | undefined
  /** Connects at once instead of after the waiting time: the network came back, or the user asked. */
  reconnectNow(): void
  close(): void
}

/** So many connects in a row that failed count as offline. */
const OFFLINE_AFTER_FAILURES = 4
/** Bytes waiting to be sent above which a position is left out: the next one is newer. */
const POSITION_BACKLOG_BYTES = 16_384

/** Connects, and stays connected until `close`: waits longer after each failure, resumes every topic where it was. */
export function createLiveClient(options: LiveClientOptions): LiveClient {
  const timers = options.timers ?? hostTimers
  const positionBytes = new Uint8Array(POSITION_BYTES)
  let state: LiveState = 'connecting'
  let looking: ClientMessage | undefined
  let bus: BusState = 'connected'

  const setState = (next: LiveState) => {
    if (next === state) return
    state = next
    options.onState?.(next)
  }
  const showState = () => {
    if (link.isUp()) setState(topics.isWaiting() ? 'catching_up' : 'live')
  }
  const setBus = (next: BusState, sinceMs: number) => {
    if (next === bus) return
    bus = next
    options.onNode?.(next, sinceMs)
  }
  const topics = createTopics(timers, (message) => link?.send(message), options.onFrame)
  const link: ReturnType<typeof openLink> = openLink({
    ...{ url: options.url, openSocket: options.openSocket, client: options.client, token: options.token, timers },
    random: options.random ?? Math.random,
    onUp() {
      setBus('connected', link.serverNowMs())
      topics.askAll()
      if (looking) link.send(looking)
      showState()
    },
    onDown(failures, isFinal, code, reason) {
      setState(isFinal || failures > OFFLINE_AFTER_FAILURES ? 'offline' : 'reconnecting')
      if (isFinal) options.onEnded?.(code, reason)
    },
    onMessage(message) {
      if (message.type === 'position_refused') options.onPositionRefused?.(message.seq, message.rule)
      else if (message.type === 'node_state') setBus(message.bus, message.sinceMs)
      else if (message.type === 'pong') topics.compare(message.heads)
      else if (message.type !== 'problem') topics.receive(message)
      showState()
    },
    onFrame: topics.receiveFrame,
    onBeat: topics.askOverdue,
  })

  return {
    subscribe(topic, listener, view) {
      const subscription = topics.open(topic, listener, view)
      showState()
      return {
        setView(next) {
          subscription.view = next
          link.send({ type: 'view', topic, ...next })
        },
        close() {
          topics.close(subscription)
          showState()
        },
      }
    },
    sendPosition(position) {
      writePosition(new DataView(positionBytes.buffer), position)
      return link.sendBytes(positionBytes, POSITION_BACKLOG_BYTES)
    },
    look(zoneId, orderId) {
      looking = { type: 'look', zoneId, orderId }
      link.send(looking)
    },
    state: () => state,
    serverNowMs: link.serverNowMs,
    latencyMs: link.latencyMs,
    reconnectNow: link.connect,
    close() {
      link.close()
      setState('offline')
    },
  }
}
