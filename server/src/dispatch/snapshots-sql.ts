import type { ZoneId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** What a decision was made from, compressed. */
export interface SnapshotRow {
  hash: string
  zoneId: ZoneId
  at: number
  body: Uint8Array
}

/** Keeps a snapshot; the partition of its day must be there. */
export async function insertSnapshot(sql: Sql, { hash, zoneId, at, body }: SnapshotRow): Promise<void> {
  await sql`insert into decision_snapshots (hash, zone_id, at, body) values (${hash}, ${zoneId}, ${at}, ${body})`
}

/** The snapshot of a decision made at that moment; undefined when it is not kept, or not any more. */
export async function findSnapshot(sql: Sql, hash: string, at: number): Promise<Uint8Array | undefined> {
  const [row] = await sql<{ body: Uint8Array }[]>`
    select body from decision_snapshots where hash = ${hash} and at = ${at} limit 1`
  return row?.body
}
