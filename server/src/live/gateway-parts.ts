import type { ErrorCode } from '@doorstep/shared/contract'
import type { Bus, WatchedConnection } from '../bus/index.ts'
import type { Fleet } from '../fleet/index.ts'
import type { Clock, Log, Principal } from '../platform/index.ts'
import type { Positions } from '../positions/index.ts'
import type { WheelMember } from './check-wheel.ts'
import type { FleetFanout } from './fleet-fanout.ts'
import type { Presence } from './presence.ts'
import type { TopicIndex } from './topic-index.ts'
import type { LiveTopics } from './topics.ts'
import type { Turnstile } from './turnstile.ts'
import type { ZoneLog } from './zone-log.ts'

/** What connections share on a node. */
export interface GatewayParts {
  nodeId: string
  heartbeatMs: number
  clock: Clock
  log: Log
  bus: Bus
  fleet: Fleet
  positions: Pick<Positions, 'takeSlot'>
  authenticate(token: string): Promise<Principal | null>
  topics: LiveTopics
  index: TopicIndex
  zones: Map<string, ZoneLog>
  fanout: FleetFanout
  turnstile: Turnstile
  presence: Presence
  /** Whether this node reaches the others. */
  others: WatchedConnection
  counts: { closed(code: ErrorCode): void }
  /** A connection is gone. */
  onClosed(connection: WheelMember): void
}
