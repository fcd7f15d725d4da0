import type { DriverId, OrderId, ZoneId } from '@doorstep/shared/domain'
import { findDriver } from '../drivers/index.ts'
import { findOrder } from '../orders/index.ts'
import type { Sql } from '../platform/index.ts'
import { type DecisionRow, decisionsOfNumber, decisionsOfOrder, findDecision } from './decisions-sql.ts'
import { describeDecision } from './describe-decision.ts'
import { findKeptSnapshot } from './keep-snapshots.ts'
import { type Recomputed, recomputeDecision } from './recompute-decision.ts'

/** A decision computed again, in words. */
export interface ProvenDecision {
  id: string
  outcome: 'same' | 'different' | 'not_kept'
  lines: string[]
}

/** The decisions that are meant by a decision's id, an order's id or an order's number; newest first. */
export async function findDecisions(sql: Sql, what: string): Promise<DecisionRow[]> {
  const number = /^#?(\d{1,9})$/.exec(what)?.[1]
  if (number !== undefined) return decisionsOfNumber(sql, Number(number))
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(what)) return []
  const one = await findDecision(sql, what)
  return one ? [one] : decisionsOfOrder(sql, what as OrderId)
}

/** Computes a decision again from its snapshot and says what it was and whether it came out the same. */
export async function proveDecision(
  sql: Sql,
  zones: readonly { id: ZoneId; timeZone: string; currency: string }[],
  row: DecisionRow,
): Promise<ProvenDecision> {
  const bytes = await findKeptSnapshot(sql, row.snapshotHash, row.at)
  const again: Recomputed | null = bytes ? recomputeDecision(row, bytes) : null
  const order = await findOrder(sql, row.orderId)
  const zone = zones.find(({ id }) => id === row.zoneId)
  const names = new Map<DriverId, string>()
  for (const id of driversNamed(row)) names.set(id, (await findDriver(sql, id))?.name ?? id)
  const lines = describeDecision(
    row,
    {
      number: order?.number ?? 0,
      timeZone: zone?.timeZone ?? 'UTC',
      currency: zone?.currency ?? '',
      driver: (id) => names.get(id) ?? id,
    },
    again,
  )
  return { id: row.id, outcome: !again ? 'not_kept' : again.differences.length > 0 ? 'different' : 'same', lines }
}

function driversNamed({ driverId, explanation }: DecisionRow): Set<DriverId> {
  const { candidates, excluded } = explanation
  return new Set([...(driverId ? [driverId] : []), ...[...candidates, ...excluded].map((one) => one.driverId)])
}
