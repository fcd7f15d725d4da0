import type { UserId } from '@doorstep/shared/domain'
import { type Bus, watchConnection } from '../bus/index.ts'
import type { Fleet } from '../fleet/index.ts'
import { type Clock, type Log, type Metrics, newId, type Principal } from '../platform/index.ts'
import type { Positions } from '../positions/index.ts'
import { createWheel } from './check-wheel.ts'
import { type Connection, createConnection } from './connection.ts'
import { drain } from './drain-connections.ts'
import { createFleetFanout } from './fleet-fanout.ts'
import type { GatewayParts } from './gateway-parts.ts'
import type { LiveSocket } from './live-socket.ts'
import { encode } from './log-subscription.ts'
import { createPresence } from './presence.ts'
import { startOver } from './subscribe-log.ts'
import { createTopicIndex } from './topic-index.ts'
import type { LiveTopics, TopicMessage } from './topics.ts'
import { createTurnstile } from './turnstile.ts'
import { followZoneLog } from './zone-log.ts'

/** What the gateway needs. */
export interface LiveDeps {
  bus: Bus
  fleet: Fleet
  positions: Pick<Positions, 'takeSlot' | 'onMoved'>
  clock: Clock
  log: Log
  metrics: Metrics
  nodeId: string
  zoneIds: readonly string[]
  topics: LiveTopics
  /** Who holds a session's token; null for nobody. */
  authenticate(token: string): Promise<Principal | null>
  /** Calls back when sessions of a user were ended; the answer stops it. */
  onRevoked(listener: (userId: UserId) => void): () => void
  /** Both sides say something this often, 10 s unless said. */
  heartbeatMs?: number
}

/** The live gateway of a node. */
export interface LiveGateway {
  /** Takes a new socket in; hand what comes to the answer. */
  connect(socket: LiveSocket, cookieToken: string | undefined): Connection
  /** Whether anybody on this node follows a topic: what nobody watches need not be made. */
  isWatched(topic: string): boolean
  /** Sends something outside the log to a topic's followers on this node, after everything before it. */
  push(message: TopicMessage): void
  connections(): number
  /** Tells one after the other to connect elsewhere, over `spreadMs` or less when they are few, and then ends who is left. */
  drain(spreadMs: number): Promise<void>
  stop(): Promise<void>
}

/**
 * The fleet is sent after this time even if no batch came: shifts and orders change it too. A little more than the time
 * between two batches, so that the next batch does not find the fleet just sent and wait.
 */
const FLUSH_AFTER_MS = 300
/** Batches of several nodes that come closer than this go out together. */
const FLUSH_GAP_MS = 50
/** Subscribers whose topics are read at the same time: well below the connections of a pool, which orders need too. */
const READS_AT_ONCE = 6

/** Starts the gateway: it follows the logs of its zones from now on. */
export async function createLiveGateway(deps: LiveDeps): Promise<LiveGateway> {
  const { bus, clock, log, topics, nodeId, fleet } = deps
  const heartbeatMs = deps.heartbeatMs ?? 10_000
  const connections = createWheel<Connection>(clock, heartbeatMs, (connection) => connection.check())
  const index = createTopicIndex()
  const closed = deps.metrics.counter('doorstep_live_closed_total', 'Live connections ended by the server', ['code'])
  const open = deps.metrics.gauge('doorstep_live_connections', 'Live connections')
  const presence = createPresence({ bus, clock, log, nodeId }, (topic, present) => {
    const text = encode({ type: 'presence', topic, present })
    for (const subscriber of index.get(topic)?.subscribers ?? []) subscriber.outbox.offer(text)
  })
  const others = watchConnection(bus, clock, () => {
    for (const connection of connections.all()) connection.sayNodeState()
  })
  const parts: GatewayParts = {
    ...{ bus, clock, log, topics, nodeId, fleet, index, presence, others },
    heartbeatMs,
    positions: deps.positions,
    authenticate: deps.authenticate,
    zones: new Map(),
    fanout: createFleetFanout(fleet, clock),
    turnstile: createTurnstile(READS_AT_ONCE),
    counts: { closed: (code) => closed.inc({ code }) },
    onClosed(connection) {
      connections.remove(connection)
      open.set(connections.size())
    },
  }
  const onGap = (zoneId: string) => {
    for (const subscription of [...index.ofZone(zoneId)]) startOver(parts, subscription)
  }
  const stops: (() => void)[] = [() => presence.stop(), others.stop]
  for (const zoneId of deps.zoneIds) {
    parts.zones.set(zoneId, await followZoneLog({ bus, clock, log, topics, index, onGap }, zoneId))
    stops.push(await presence.serveZone(zoneId))
  }
  stops.push(
    startFlushing(deps, parts.fanout.flush),
    connections.stop,
    deps.onRevoked((userId) => {
      for (const connection of connections.all()) {
        if (connection.principal()?.userId === userId) connection.end('unauthenticated', 'signed out')
      }
    }),
  )

  return {
    connect(socket, cookieToken) {
      const connection = createConnection(parts, socket, newId(clock.nowMs()), cookieToken)
      connections.add(connection)
      open.set(connections.size())
      return connection
    },
    isWatched: index.isWatched,
    push(message) {
      const state = index.get(message.topic)
      if (state) parts.zones.get(state.zoneId)?.push(message)
    },
    connections: connections.size,
    drain: (spreadMs) => drain(clock, connections, spreadMs),
    async stop() {
      for (const stop of stops) stop()
      for (const connection of connections.all()) connection.end('shutting_down')
      await Promise.all([...parts.zones.values()].map((zone) => zone.stop()))
    },
  }
}

/** Sends changes of the fleet right after positions came in, and now and then anyway. */
function startFlushing({ clock, positions }: LiveDeps, flush: () => void): () => void {
  let flushedAtMs = Number.NEGATIVE_INFINITY
  let cancelSoon: (() => void) | undefined
  let cancelLater = () => {}
  const now = () => {
    cancelSoon?.()
    cancelSoon = undefined
    cancelLater()
    flushedAtMs = clock.nowMs()
    flush()
    cancelLater = clock.after(FLUSH_AFTER_MS * clock.speed, now)
  }
  const stopListening = positions.onMoved(() => {
    if (cancelSoon) return
    const sinceMs = (clock.nowMs() - flushedAtMs) / clock.speed
    cancelSoon = clock.after(Math.max(0, FLUSH_GAP_MS - sinceMs) * clock.speed, now)
  })
  now()
  return () => {
    stopListening()
    cancelLater()
    cancelSoon?.()
  }
}
