import type { DriverId } from '@doorstep/shared/domain'
import type { Database, Sql } from '../platform/index.ts'
import { type Crumb, readCrumbs } from './breadcrumb-chunk.ts'

/** A packed minute of a driver's way, ready to be written. */
export interface BreadcrumbChunk {
  driverId: string
  zoneId: string
  startedMs: number
  count: number
  bytes: Uint8Array
}

/** PostgreSQL counts microseconds from the year 2000. */
const POSTGRES_EPOCH_MS = 946_684_800_000

/**
 * Writes chunks by one binary COPY; the partitions of their days must be there. The driver does not say when the server
 * refuses a COPY, or is lost during it, so a statement after it in the same transaction asks.
 */
export async function copyChunks(db: Database, chunks: readonly BreadcrumbChunk[]): Promise<void> {
  if (chunks.length === 0) return
  await db.begin(async (sql) => {
    const stream =
      await sql`copy breadcrumbs (driver_id, zone_id, started_at, fix_count, fixes) from stdin with (format binary)`.writable()
    stream.on('error', () => {})
    await new Promise<void>((resolve) => {
      stream.write(encodeCopy(chunks), () => {
        stream.end()
        setImmediate(resolve)
      })
    })
    await sql`select 1`
  })
}

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')

function encodeCopy(chunks: readonly BreadcrumbChunk[]): Buffer {
  const rowBytes = 2 + 20 + 20 + 12 + 6 + 4
  const size = SIGNATURE.length + chunks.reduce((sum, chunk) => sum + rowBytes + chunk.bytes.length, 0) + 2
  const out = Buffer.allocUnsafe(size)
  let at = SIGNATURE.copy(out)
  const putUuid = (uuid: string) => {
    at = out.writeInt32BE(16, at)
    at += out.write(uuid.replaceAll('-', ''), at, 16, 'hex')
  }
  for (const chunk of chunks) {
    at = out.writeInt16BE(5, at)
    putUuid(chunk.driverId)
    putUuid(chunk.zoneId)
    at = out.writeInt32BE(8, at)
    at = out.writeBigInt64BE(BigInt(Math.round(chunk.startedMs - POSTGRES_EPOCH_MS)) * 1_000n, at)
    at = out.writeInt32BE(2, at)
    at = out.writeInt16BE(chunk.count, at)
    at = out.writeInt32BE(chunk.bytes.length, at)
    out.set(chunk.bytes, at)
    at += chunk.bytes.length
  }
  out.writeInt16BE(-1, at)
  return out
}

/** Those of the chunks that are not written down yet: after a write of which the answer was lost. */
export async function notYetWritten(sql: Sql, chunks: readonly BreadcrumbChunk[]): Promise<BreadcrumbChunk[]> {
  const rows = await sql<{ n: number }[]>`
    select chunk.n::int as n
    from unnest(
      ${chunks.map((chunk) => chunk.driverId)}::uuid[],
      ${chunks.map((chunk) => new Date(Math.round(chunk.startedMs)).toISOString())}::timestamptz[],
      ${chunks.map((chunk) => chunk.count)}::int[]) with ordinality as chunk (driver_id, started_at, fix_count, n)
    join breadcrumbs as there
      on there.driver_id = chunk.driver_id and there.started_at = chunk.started_at and there.fix_count = chunk.fix_count`
  const written = new Set(rows.map((row) => row.n - 1))
  return chunks.filter((_, i) => !written.has(i))
}

/**
 * A driver's recorded way between two moments, oldest first, each moment once: of a driver who changed nodes within a minute
 * the chunks overlap, and a fix that was sent to both is in both.
 */
export async function breadcrumbsOf(sql: Sql, driverId: DriverId, fromMs: number, toMs: number): Promise<Crumb[]> {
  const rows = await sql<{ startedAt: number; fixes: Uint8Array }[]>`
    select started_at, fixes from breadcrumbs
    where driver_id = ${driverId}
      and started_at between ${fromMs - 65_535}::timestamptz and ${toMs}::timestamptz
    order by started_at`
  const crumbs = rows.flatMap((row) => readCrumbs(row.fixes, row.startedAt))
  const way = crumbs.filter((crumb) => crumb.atMs >= fromMs && crumb.atMs <= toMs).sort((a, b) => a.atMs - b.atMs)
  return way.filter((crumb, i) => crumb.atMs !== way[i - 1]?.atMs)
}
