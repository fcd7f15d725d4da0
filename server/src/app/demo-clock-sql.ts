import type { Sql } from '../platform/index.ts'

/** How the demo's clock runs: at `wallAt` it was `cityAt`, both in ms since 1970, and it goes `speed` times as fast. */
export interface ClockLine {
  wallAt: number
  cityAt: number
  speed: number
}

/** The clock that nodes run by, and when one of them last said so; undefined before the first start. */
export async function readClockLine(sql: Sql): Promise<(ClockLine & { seenAt: number }) | undefined> {
  const [row] = await sql<(ClockLine & { seenAt: number })[]>`select wall_at, city_at, speed, seen_at from demo_clock`
  return row
}

/** Sets the clock that nodes run by from now on. */
export async function writeClockLine(sql: Sql, line: ClockLine & { seenAt: number }): Promise<void> {
  await sql`
    insert into demo_clock (wall_at, city_at, speed, seen_at)
    values (${line.wallAt}, ${line.cityAt}, ${line.speed}, ${line.seenAt})
    on conflict (is_only) do update set wall_at = excluded.wall_at, city_at = excluded.city_at, speed = excluded.speed,
      seen_at = excluded.seen_at`
}

/** Says that a node runs by the clock at this moment of the wall. */
export async function markClockSeen(sql: Sql, seenAt: number): Promise<void> {
  await sql`update demo_clock set seen_at = greatest(seen_at, ${seenAt}::timestamptz)`
}
