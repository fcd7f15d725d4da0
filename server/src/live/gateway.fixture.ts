import type { Order } from '@doorstep/shared/contract'
import type { DriverId, UserId, ZoneId } from '@doorstep/shared/domain'
import { type Bus, memoryBus } from '../bus/index.ts'
import { createFleet, type Fleet } from '../fleet/index.ts'
import { AppError, createMetrics, manualClock, type Principal, silentLog } from '../platform/index.ts'
import { createLiveGateway, type LiveDeps, type LiveGateway } from './gateway.ts'
import type { LiveTopics, TopicSource } from './topics.ts'

export const ZONE = '00000000-0000-4000-8000-0000000000aa' as ZoneId
export const uuid = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`

/** What the rooms would hold: how often each order has changed. */
export interface World {
  versions: Map<string, number>
  /** Changes an order and tells the log. */
  change(orderId: string): Promise<void>
}

/** A node with a gateway whose topics read a world of numbers. Tokens are `customer:7`, `driver:3`, `dispatcher:1`. */
export interface Node {
  gateway: LiveGateway
  clock: ReturnType<typeof manualClock>
  fleet: Fleet
  bus: Bus
  moved(): void
  revoke(userId: string): void
  taken: { seq: number; lat: number }[]
}

export function createWorld(bus: Bus): World {
  const versions = new Map<string, number>()
  let events = 0
  return {
    versions,
    async change(orderId) {
      const version = (versions.get(orderId) ?? 0) + 1
      versions.set(orderId, version)
      const driverId = uuid(900)
      await bus.append(ZONE, [
        { id: `e${events++}`, type: 'order.ready', atMs: events, subjects: { orderId, driverId }, data: { version } },
      ])
    },
  }
}

export const testBus = (clock: { nowMs(): number }, keptEvents = 200) =>
  memoryBus({ nowMs: clock.nowMs, keptEvents, onError: (error) => console.error(error) })

/** Orders whose number is a multiple of 100 are nobody's; customers lose an order with its 13th change. */
export function worldTopics(world: World, snapshotRead: () => Promise<void> = async () => {}): LiveTopics {
  const source = (body: (id: string) => unknown, mayOpen: (p: Principal, id: string) => boolean): TopicSource => ({
    open: async (principal, id) => (mayOpen(principal, id) ? { zoneId: ZONE } : null),
    async snapshot(_, id) {
      await snapshotRead()
      return body(id)
    },
  })
  const version = (id: string) => ({ version: world.versions.get(id) ?? 0 })
  const isStaff = (principal: Principal) => principal.role === 'dispatcher'
  return {
    sources: {
      order: source(version, (_, id) => Number.parseInt(id.slice(-8), 16) % 100 !== 0),
      driver: source(version, (principal, id) => principal.driverId === id),
      merchant: source(version, isStaff),
      zone_orders: source(() => Object.fromEntries(world.versions), isStaff),
      zone_alerts: source(() => ({ alerts: [] }), isStaff),
    },
    mayWatchFleet: isStaff,
    mayConcern: ({ kind, id }, event) => kind !== 'order' || event.subjects.orderId === id,
    changes: (_zoneId, event, isWatched) => {
      const orderId = event.subjects.orderId!
      const topics = [`order:${orderId}`, `zone:${ZONE}:orders`].filter(isWatched)
      return topics.map((topic) => ({
        topic,
        body: async (reader) => {
          if (reader.role === 'customer' && event.data['version'] === 13) throw new AppError('not_found')
          const order = { seenBy: reader.role } as unknown as Order
          const state = { status: 'pending', kitchen: 'ready', delivery: 'waiting' } as const
          return {
            ...{ type: 'status_update', number: 1, version: event.data['version'] as number, order, ...state },
            orderId: orderId as never,
          }
        },
      }))
    },
  }
}

function principalOf(token: string): Principal | null {
  const [role, n] = token.split(':')
  const id = uuid(Number(n))
  if (role !== 'customer' && role !== 'driver' && role !== 'dispatcher' && role !== 'merchant') return null
  const driver = role === 'driver' ? { driverId: id as DriverId } : {}
  return { userId: id as UserId, role, name: token, ...driver }
}

export async function createNode(options: {
  clock: ReturnType<typeof manualClock>
  bus: Bus
  topics: LiveTopics
  nodeId?: string
}): Promise<Node> {
  const fleet = createFleet({ aroundLat: 41 })
  const moved = new Set<(zoneId: string) => void>()
  const revoked = new Set<(userId: UserId) => void>()
  const taken: { seq: number; lat: number }[] = []
  const deps: LiveDeps = {
    bus: options.bus,
    fleet,
    positions: {
      takeSlot(_, fix) {
        if (fix.lat > 80) return 'out_of_range'
        taken.push({ seq: fix.seq, lat: fix.lat })
        return undefined
      },
      onMoved(listener) {
        moved.add(listener)
        return () => moved.delete(listener)
      },
    },
    clock: options.clock,
    log: silentLog(),
    metrics: createMetrics(),
    nodeId: options.nodeId ?? 'node-1',
    zoneIds: [ZONE],
    topics: options.topics,
    authenticate: async (token) => principalOf(token),
    onRevoked(listener) {
      revoked.add(listener)
      return () => revoked.delete(listener)
    },
  }
  return {
    gateway: await createLiveGateway(deps),
    clock: options.clock,
    fleet,
    bus: options.bus,
    moved: () => moved.forEach((listener) => listener(ZONE)),
    revoke: (userId) => revoked.forEach((listener) => listener(userId as UserId)),
    taken,
  }
}

/** Lets everything that waits for nothing but promises happen. */
export async function settle(turns = 3): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve))
}
