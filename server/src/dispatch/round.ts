import type { OrderId, ZoneId } from '@doorstep/shared/domain'
import { type AdvanceOrder, advanceOrder, type OrderChange, type OrderParticipant, type OrderRow } from '../orders/index.ts'
import { type Database, inTransaction, type Sql } from '../platform/index.ts'

/** What carrying out decisions needs. */
export interface CarryOutDeps {
  db: Database
  participants: readonly OrderParticipant[]
}

/** One round of the loop, as those see it who carry out what it decided. */
export interface Round {
  zoneId: ZoneId
  /** The one moment of plan, decisions and snapshot. */
  nowMs: number
  policy: string
  snapshotHash: string
  /** The open orders as the planner saw them. */
  orders: ReadonlyMap<OrderId, OrderRow>
  /** Whether this node still holds the zone's lease, asked in the transaction that is about to write. */
  isOurs(sql: Sql): Promise<boolean>
  /** Called when a decision is stored: what it was made from is kept then. */
  stored(): void
}

/** The order has moved on since the plan was made, or another node plans by now; the next round sees it as it is. */
export class Overtaken extends Error {}

/**
 * Runs one order's part of a decision in a transaction of its own; false when it was overtaken, and nothing has changed.
 *
 * Three things keep a node from doing harm that has lost the lease in the middle of a round. The lease is asked for in
 * the same transaction, which keeps the next holder waiting for the moment it takes; the order must still have the
 * version that was planned for; and the transition table holds whatever came before.
 */
export async function inRound(
  deps: CarryOutDeps,
  round: Pick<Round, 'isOurs'>,
  work: (sql: Sql) => Promise<boolean>,
): Promise<boolean> {
  try {
    return await inTransaction(deps.db, async (sql) => {
      if (!(await round.isOurs(sql))) throw new Overtaken('the lease')
      return work(sql)
    })
  } catch (error) {
    if (error instanceof Overtaken) return false
    throw error
  }
}

/** What the system does to an order in a round. */
export interface RoundStep extends Pick<AdvanceOrder, 'orderId' | 'action' | 'patch' | 'data'> {
  /** An earlier step of the same transaction has locked the order. */
  isLocked?: boolean
}

/** Moves an order that has not changed since it was planned for. */
export async function advanceInRound(
  sql: Sql,
  deps: CarryOutDeps,
  round: Round,
  { isLocked = false, ...step }: RoundStep,
): Promise<OrderChange> {
  const expectedVersion = isLocked ? undefined : round.orders.get(step.orderId)?.version
  const wanted = { ...step, actor: 'system', actorId: null, nowMs: round.nowMs, expectedVersion } as const
  const moved = await advanceOrder(sql, deps.participants, wanted)
  if (!moved.ok) throw new Overtaken(moved.error.kind)
  return moved.value
}
