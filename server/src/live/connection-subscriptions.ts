import type { ErrorCode, ReceivedMessage } from '@doorstep/shared/contract'
import { carrierOf } from '../fleet/index.ts'
import type { Principal } from '../platform/index.ts'
import type { OrderFollower } from './fleet-fanout.ts'
import { createView, type FleetView } from './fleet-view.ts'
import type { GatewayParts } from './gateway-parts.ts'
import { encode, type LogSubscription } from './log-subscription.ts'
import type { Outbox } from './outbox.ts'
import { catchUp, subscribeToLog } from './subscribe-log.ts'
import { parseTopic } from './topics.ts'

type Subscribe = Extract<ReceivedMessage, { type: 'subscribe' }>
type Request = Extract<ReceivedMessage, { type: 'subscribe' | 'unsubscribe' | 'view' | 'look' }>

/** Who subscribes. */
export interface Subscriber {
  id: string
  principal: Principal
  outbox: Outbox
  client: string
  encoding: 'binary' | 'json'
}

/** Everything one connection is subscribed to. */
export interface Subscriptions {
  receive(message: Request): void
  /** The last change sent on each topic. */
  heads(): [topic: string, sequence: number][]
  /** There is room again: what was let go is sent. */
  catchUp(): void
  closeAll(): void
}

interface Entry {
  ref: number
  log?: LogSubscription
  view?: FleetView
  follower?: OrderFollower
}

/** More topics than this are refused. */
const MOST_TOPICS = 200
/** What a fleet topic shows before its client says which part. */
const WHOLE_WORLD = { bounds: [-180, -85, 180, 85] as [number, number, number, number], zoom: 12 }

/** The subscriptions of a connection, none yet. */
export function createSubscriptions(parts: GatewayParts, who: Subscriber): Subscriptions {
  const { principal, outbox } = who
  const entries = new Map<string, Entry>()
  const looks = new Set<string>()
  const someone = (orderId: string | null) =>
    ({ client: who.client, userId: principal.userId, name: principal.name, orderId }) as Parameters<typeof parts.presence.set>[3]

  const refuse = (topic: string, ref: number, code: ErrorCode) =>
    outbox.force(encode({ type: 'refused', topic, ref, code, detail: null }))

  const drop = (topic: string) => {
    const entry = entries.get(topic)
    if (!entry) return
    entries.delete(topic)
    const { id } = parseTopic(topic)
    if (entry.log) parts.index.remove(entry.log)
    if (entry.view) parts.fanout.channelOf(id).remove(entry.view)
    if (entry.follower) unfollow(parts, id, entry.follower)
    parts.presence.remove(topic, who.id)
  }

  const watchFleet = (message: Subscribe, zoneId: string) => {
    if (!parts.zones.has(zoneId) || !parts.topics.mayWatchFleet(principal, zoneId)) {
      return refuse(message.topic, message.ref, 'not_found')
    }
    const channel = parts.fanout.channelOf(zoneId)
    const { bounds, zoom } = message.view ?? WHOLE_WORLD
    const view = createView(outbox, bounds, zoom)
    entries.set(message.topic, { ref: message.ref, view })
    const body = { channel: channel.channel }
    outbox.force(encode({ type: 'snapshot', topic: message.topic, ref: message.ref, sequence: 0, body }))
    channel.add(view)
  }

  const watchLog = async (message: Subscribe, entry: Entry) => {
    const { topic, ref, after } = message
    const isWanted = () => entries.get(topic) === entry
    const log = await subscribeToLog(parts, { topic, ref, after, reader: principal, outbox }, isWanted)
    if (!isWanted() || log === undefined) return
    if (typeof log === 'string') {
      entries.delete(topic)
      return refuse(topic, ref, log)
    }
    entry.log = log
    const { kind, id } = parseTopic(topic)
    if (kind === 'order') entry.follower = follow(parts, id, { outbox, encoding: who.encoding }, principal)
    if (kind === 'driver' || kind === 'merchant') parts.presence.set(log.state.zoneId, topic, who.id, someone(null))
    if (kind !== 'order' && kind !== 'zone_alerts') {
      outbox.force(encode({ type: 'presence', topic, present: parts.presence.of(topic) }))
    }
  }

  const subscribe = (message: Subscribe) => {
    const { topic, ref } = message
    drop(topic)
    if (entries.size >= MOST_TOPICS) return refuse(topic, ref, 'rate_limited')
    const { kind, id } = parseTopic(topic)
    if (kind === 'zone_fleet') return watchFleet(message, id)
    const entry: Entry = { ref }
    entries.set(topic, entry)
    watchLog(message, entry).catch((error: unknown) => {
      parts.log.warn({ err: error, topic }, 'a topic could not be opened')
      if (entries.get(topic) === entry) drop(topic)
      refuse(topic, ref, 'unavailable')
    })
  }

  const look = ({ zoneId, orderId }: Extract<Request, { type: 'look' }>) => {
    const topic = `zone:${zoneId}:orders`
    if (!entries.get(topic)?.log) return
    looks.add(topic)
    parts.presence.set(zoneId, topic, who.id, someone(orderId))
  }

  return {
    receive(message) {
      switch (message.type) {
        case 'subscribe':
          return subscribe(message)
        case 'unsubscribe':
          return drop(message.topic)
        case 'view': {
          const view = entries.get(message.topic)?.view
          if (view) parts.fanout.channelOf(parseTopic(message.topic).id).move(view, message.bounds, message.zoom)
          return
        }
        case 'look':
          return look(message)
      }
    },
    heads: () =>
      [...entries].flatMap(([topic, { log }]) =>
        log?.mode === 'current' ? [[topic, Math.min(log.sequence, log.state.last)] as [string, number]] : [],
      ),
    catchUp() {
      for (const [topic, { log, view }] of entries) {
        if (log) catchUp(parts, log)
        if (view) parts.fanout.channelOf(parseTopic(topic).id).pump(view)
      }
    },
    closeAll() {
      for (const topic of [...entries.keys()]) drop(topic)
    },
  }
}

function follow(parts: GatewayParts, orderId: string, follower: OrderFollower, reader: Principal): OrderFollower {
  // A merchant sees when its driver comes, not where the driver is; the driver knows.
  if (reader.role === 'merchant' || reader.role === 'driver') return follower
  const { followers } = parts.fanout
  const set = followers.get(orderId) ?? new Set()
  followers.set(orderId, set.add(follower))
  const slot = carrierOf(parts.fleet, orderId)
  if (slot >= 0 && parts.fleet.fixAtMs[slot]! > 0) parts.fanout.sendPosition(orderId, slot, [follower])
  return follower
}

function unfollow(parts: GatewayParts, orderId: string, follower: OrderFollower): void {
  const set = parts.fanout.followers.get(orderId)
  set?.delete(follower)
  if (set?.size === 0) parts.fanout.followers.delete(orderId)
}
