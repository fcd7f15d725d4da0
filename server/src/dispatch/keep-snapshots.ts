import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import type { ZoneId } from '@doorstep/shared/domain'
import { type Clock, type Database, keepPartitions, type Log, type Sql } from '../platform/index.ts'
import { findSnapshot, insertSnapshot } from './snapshots-sql.ts'

/** What decisions were made from, kept for some days so that each can be computed again. */
export interface SnapshotKeeper {
  /** Compresses and stores one; resolves when that is done, and never rejects: dispatch goes on without the proof. */
  keep(snapshot: { zoneId: ZoneId; hash: string; atMs: number; bytes: Uint8Array }): Promise<void>
  /** Waits for what is being stored. */
  stop(): Promise<void>
}

/** What keeping needs. */
export interface KeeperDeps {
  db: Database
  clock: Clock
  log: Log
  days: number
  /** Told of each that was stored, for the metrics. */
  kept?(bytes: number): void
}

/** How often the day is looked at, in ms of the wall. */
const TIDY_EVERY_MS = 60_000

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Keeps snapshots in a table partitioned by day: makes today's and tomorrow's partitions ahead, and drops those past `days`. */
export function keepSnapshots({ db, clock, log, days, kept }: KeeperDeps): SnapshotKeeper {
  const partitions = keepPartitions(db, 'decision_snapshots', days)
  const storing = new Set<Promise<void>>()

  const tidy = async () => {
    const dropped = await partitions.tidy(clock.nowMs())
    if (dropped > 0) log.info({ days: dropped }, 'snapshots of decisions past their retention were dropped')
  }
  const track = (work: Promise<void>, failed: string): Promise<void> => {
    const done = work.catch((error: unknown) => log.warn({ err: error }, failed)).finally(() => storing.delete(done))
    storing.add(done)
    return done
  }
  const look = () => void track(tidy(), 'old snapshots of decisions could not be dropped; tried again soon')
  look()
  const timer = setInterval(look, TIDY_EVERY_MS)

  const store = async ({ zoneId, hash, atMs, bytes }: Parameters<SnapshotKeeper['keep']>[0]) => {
    const body = await compress(bytes)
    await partitions.ensure(atMs)
    await insertSnapshot(db, { hash, zoneId, at: atMs, body })
    kept?.(body.length)
  }
  return {
    keep: (snapshot) => track(store(snapshot), 'the snapshot of a decision could not be kept'),
    async stop() {
      clearInterval(timer)
      await Promise.all(storing)
    },
  }
}

/** The bytes that `keep` was given; undefined when they are not kept, or not any more. */
export async function findKeptSnapshot(sql: Sql, hash: string, atMs: number): Promise<Uint8Array | undefined> {
  const body = await findSnapshot(sql, hash, atMs)
  return body && (await decompress(body))
}
