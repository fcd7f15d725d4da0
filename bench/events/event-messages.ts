import type { OrderId, UserId, ZoneId } from '@doorstep/shared/domain'

/** What a node under test is told at its start. */
export interface EventNodeSettings {
  databaseUrl: string
  redisUrl?: string
  zoneId: ZoneId
  /** The dispatcher in whose name orders change. */
  actorId: UserId
  /** All orders of the town; they are known by their place in this list. */
  orderIds: readonly OrderId[]
}

/** Told to a node: change orders at a rate until told to stop. */
export type ToNode = { kind: 'change'; perSecond: number } | { kind: 'stop' }

/** Said by a node. Changes are parallel lists: order, its new version, and when its transaction's commit was answered. */
export type FromNode =
  | { kind: 'listening'; port: number }
  | { kind: 'changed'; orders: number[]; versions: number[]; atMs: number[] }
  | { kind: 'stopped'; loopP99Ms: number; cpuUs: number }
