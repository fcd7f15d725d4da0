import type { DriverId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** Where a driver was last. Unknown course and speed are null. */
export interface LastPositionRow {
  driverId: DriverId
  lat: number
  lon: number
  courseDeg: number | null
  speedMps: number | null
  fixAt: number
  fixSeq: number
}

/**
 * Writes last positions in one statement. A later one that is there stays, unless it lies in the future: left behind by a
 * demo whose clock ran ahead.
 */
export async function writeLastPositions(sql: Sql, rows: readonly LastPositionRow[], nowMs: number): Promise<void> {
  const column = <Key extends keyof LastPositionRow>(key: Key) => rows.map((row) => row[key])
  await sql`
    insert into last_positions as old (driver_id, lat, lon, course_deg, speed_mps, fix_at, fix_seq)
    select * from unnest(
      ${column('driverId')}::uuid[], ${column('lat')}::float8[], ${column('lon')}::float8[],
      ${column('courseDeg')}::float4[], ${column('speedMps')}::float4[],
      ${rows.map((row) => new Date(row.fixAt).toISOString())}::timestamptz[], ${column('fixSeq')}::bigint[])
    on conflict (driver_id) do update set
      lat = excluded.lat, lon = excluded.lon, course_deg = excluded.course_deg, speed_mps = excluded.speed_mps,
      fix_at = excluded.fix_at, fix_seq = excluded.fix_seq
    where old.fix_at < excluded.fix_at or old.fix_at > ${nowMs}::timestamptz`
}

/** The last positions made after a moment. */
export function lastPositionsSince(sql: Sql, sinceMs: number): Promise<LastPositionRow[]> {
  return sql<LastPositionRow[]>`
    select driver_id, lat, lon, course_deg, speed_mps, fix_at, fix_seq
    from last_positions where fix_at > ${sinceMs}::timestamptz`
}
