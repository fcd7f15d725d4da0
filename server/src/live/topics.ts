import type { TopicChange } from '@doorstep/shared/contract'
import type { LoggedEvent } from '../bus/index.ts'
import type { Principal } from '../platform/index.ts'

/** What a topic is about. */
export type TopicKind = 'order' | 'driver' | 'merchant' | 'zone_orders' | 'zone_alerts' | 'zone_fleet'

/** A topic taken apart: its kind and the id in it. */
export interface ParsedTopic {
  kind: TopicKind
  id: string
}

/** Takes a topic apart; the contract has checked its form. */
export function parseTopic(topic: string): ParsedTopic {
  const [kind, id, part] = topic.split(':') as [string, string, string?]
  return { kind: (kind === 'zone' ? `zone_${part}` : kind) as TopicKind, id }
}

/** What the gateway asks about topics of one kind. */
export interface TopicSource {
  /** Whether this user may follow it, and in which zone's log its changes are; null for what is not theirs or not there. */
  open(principal: Principal, id: string): Promise<{ zoneId: string } | null>
  /** The topic as a whole, as this user sees it. */
  snapshot(principal: Principal, id: string): Promise<unknown>
}

type WithoutPlace<Change> = Change extends unknown ? Omit<Change, 'topic' | 'sequence' | 'previous' | 'atMs'> : never
/** A change as rooms hand it to the gateway, which adds topic, sequence and time. */
export type ChangeBody = WithoutPlace<TopicChange>

/**
 * A change for everyone on a topic, or made for each kind of reader: once per role, and for drivers once per driver. Where
 * making it is refused (`AppError` not_found or forbidden), those readers lose the topic.
 */
export interface TopicMessage {
  topic: string
  body: ChangeBody | ((reader: Principal) => ChangeBody | Promise<ChangeBody>)
}

/** What the gateway asks the rooms about. */
export interface LiveTopics {
  sources: Record<Exclude<TopicKind, 'zone_fleet'>, TopicSource>
  /** Whether a user may watch the fleet of a zone. */
  mayWatchFleet(principal: Principal, zoneId: string): boolean
  /** Whether an event can mean anything for a topic: those who resume are spared the making of all others. */
  mayConcern(topic: ParsedTopic, event: LoggedEvent): boolean
  /**
   * What an event means for topics, at most the first message of each topic with a place in its history. Only watched
   * topics are of interest; it runs for each event in order, and again when somebody resumes.
   */
  changes(zoneId: string, event: LoggedEvent, isWatched: (topic: string) => boolean): TopicMessage[] | Promise<TopicMessage[]>
}

/** Readers with the same key see the same. */
export function readerKey(reader: Principal): string {
  return reader.role === 'driver' ? `driver ${reader.driverId}` : reader.role
}
