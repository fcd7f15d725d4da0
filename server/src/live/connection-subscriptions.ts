import type { ErrorCode, ReceivedMessage } from '@doorstep/shared/contract'
import type { Principal } from '../platform/index.ts'
import { createView, type FleetView } from './fleet-view.ts'
import type { GatewayParts } from './gateway-parts.ts'
import { encode, type LogSubscription } from './log-subscription.ts'
import type { OrderFollower } from './order-positions.ts'
import type { Outbox } from './outbox.ts'
import type { Present } from './presence.ts'
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
  return new ClientSubscriptions(parts, who)
}

/** A class for the same reason as the connection: there are as many. */
class ClientSubscriptions implements Subscriptions {
  readonly #parts: GatewayParts
  readonly #who: Subscriber
  /** Made with the first topic. */
  #entries: Map<string, Entry> | undefined

  constructor(parts: GatewayParts, who: Subscriber) {
    this.#parts = parts
    this.#who = who
  }

  receive(message: Request): void {
    switch (message.type) {
      case 'subscribe':
        return this.#subscribe(message)
      case 'unsubscribe':
        return this.#drop(message.topic)
      case 'view': {
        const view = this.#entries?.get(message.topic)?.view
        if (view) this.#parts.fanout.channelOf(parseTopic(message.topic).id).move(view, message.bounds, message.zoom)
        return
      }
      case 'look':
        return this.#look(message)
    }
  }

  heads(): [topic: string, sequence: number][] {
    const heads: [topic: string, sequence: number][] = []
    for (const [topic, { log }] of this.#entries ?? []) {
      if (log?.mode === 'current') heads.push([topic, Math.min(log.sequence, log.state.last)])
    }
    return heads
  }

  catchUp(): void {
    for (const [topic, { log, view, follower }] of this.#entries ?? []) {
      if (log) catchUp(this.#parts, log)
      if (follower) this.#parts.fanout.orders.tellAgain(parseTopic(topic).id, follower)
      if (view) this.#parts.fanout.channelOf(parseTopic(topic).id).pump(view)
    }
  }

  closeAll(): void {
    for (const topic of [...(this.#entries?.keys() ?? [])]) this.#drop(topic)
  }

  #subscribe(message: Subscribe): void {
    const { topic, ref } = message
    this.#entries ??= new Map()
    const entries = this.#entries
    this.#drop(topic)
    if (entries.size >= MOST_TOPICS) return this.#refuse(topic, ref, 'rate_limited')
    const { kind, id } = parseTopic(topic)
    if (kind === 'zone_fleet') return this.#watchFleet(message, id, entries)
    const entry: Entry = { ref }
    entries.set(topic, entry)
    this.#watchLog(message, entry, entries).catch((error: unknown) => {
      this.#parts.log.warn({ err: error, topic }, 'a topic could not be opened')
      if (entries.get(topic) === entry) this.#drop(topic)
      this.#refuse(topic, ref, 'unavailable')
    })
  }

  #watchFleet(message: Subscribe, zoneId: string, entries: Map<string, Entry>): void {
    const { zones, topics, fanout } = this.#parts
    const { topic, ref } = message
    const { principal, outbox } = this.#who
    if (!zones.has(zoneId) || !topics.mayWatchFleet(principal, zoneId)) return this.#refuse(topic, ref, 'not_found')
    const channel = fanout.channelOf(zoneId)
    const { bounds, zoom } = message.view ?? WHOLE_WORLD
    const view = createView(outbox, bounds, zoom)
    entries.set(topic, { ref, view })
    outbox.force(encode({ type: 'snapshot', topic, ref, sequence: 0, body: { channel: channel.channel } }))
    channel.add(view)
  }

  async #watchLog(message: Subscribe, entry: Entry, entries: Map<string, Entry>): Promise<void> {
    const { topic, ref, after } = message
    const { principal, outbox, encoding, id: connectionId } = this.#who
    const parts = this.#parts
    const isWanted = () => entries.get(topic) === entry
    const log = await subscribeToLog(parts, { topic, ref, after, reader: principal, outbox }, isWanted)
    if (!isWanted() || log === undefined) return
    if (typeof log === 'string') {
      entries.delete(topic)
      return this.#refuse(topic, ref, log)
    }
    entry.log = log
    const { kind, id } = parseTopic(topic)
    if (kind === 'order' && mayFollow(principal)) {
      entry.follower = { outbox, encoding }
      parts.fanout.orders.follow(id, entry.follower)
    }
    // Whoever comes to a driver's or merchant's topic changes who is there, which everyone on it is told.
    if (kind === 'driver' || kind === 'merchant') parts.presence.set(log.state.zoneId, topic, connectionId, this.#someone(null))
    if (kind === 'zone_orders') outbox.force(encode({ type: 'presence', topic, present: parts.presence.of(topic) }))
  }

  #look({ zoneId, orderId }: Extract<Request, { type: 'look' }>): void {
    const topic = `zone:${zoneId}:orders`
    if (this.#entries?.get(topic)?.log) this.#parts.presence.set(zoneId, topic, this.#who.id, this.#someone(orderId))
  }

  #drop(topic: string): void {
    const entry = this.#entries?.get(topic)
    if (!entry) return
    this.#entries?.delete(topic)
    const { id } = parseTopic(topic)
    if (entry.log) this.#parts.index.remove(entry.log)
    if (entry.view) this.#parts.fanout.channelOf(id).remove(entry.view)
    if (entry.follower) this.#parts.fanout.orders.unfollow(id, entry.follower)
    this.#parts.presence.remove(topic, this.#who.id)
  }

  #refuse(topic: string, ref: number, code: ErrorCode): void {
    this.#who.outbox.force(encode({ type: 'refused', topic, ref, code, detail: null }))
  }

  #someone(orderId: string | null): Present {
    const { client, principal } = this.#who
    return { client, userId: principal.userId, name: principal.name, orderId: orderId as Present['orderId'] }
  }
}

/** A merchant sees when its driver comes, not where the driver is; the driver knows. */
const mayFollow = (reader: Principal) => reader.role !== 'merchant' && reader.role !== 'driver'
