import type { Clock, RedisConnection } from '../platform/index.ts'
import { readLiveFix } from './live-fix.ts'

/** Where the drivers of a zone are as a GEO set, for who asks Redis; the zone as hash tag keeps its keys on one shard. */
export const geoKey = (zoneId: string) => `doorstep:{${zoneId}}:positions`
/** The same as whole fixes, for a node that starts. */
export const fixesKey = (zoneId: string) => `doorstep:{${zoneId}}:fixes`
const sweepKey = (zoneId: string) => `doorstep:{${zoneId}}:sweep`

/** Positions older than this are taken out; a zone that nobody writes to is gone after as long. */
const KEPT_MS = 3_600_000
const SWEEP_EVERY_MS = 300_000
const SCAN_COUNT = 1_000

/** The kept fixes of a zone, by driver; some may come twice. */
export async function* scanFixes(redis: RedisConnection, zoneId: string): AsyncGenerator<[driverId: string, bytes: Buffer]> {
  let cursor = '0'
  do {
    const [next, fields] = await redis.hscanBuffer(fixesKey(zoneId), cursor, 'COUNT', SCAN_COUNT)
    for (let i = 0; i < fields.length; i += 2) yield [fields[i]!.toString('latin1'), fields[i + 1]!]
    cursor = next.toString()
  } while (cursor !== '0')
}

/** Extends the life of a zone's keys every few minutes, and has one node at a time take out what is old. Call it as often as you like. */
export function tidyLivePositions(redis: RedisConnection, clock: Clock): (zoneId: string) => Promise<void> {
  const nextAtMs = new Map<string, number>()
  return async (zoneId) => {
    const nowMs = clock.nowMs()
    if (nowMs < (nextAtMs.get(zoneId) ?? 0)) return
    nextAtMs.set(zoneId, nowMs + SWEEP_EVERY_MS * clock.speed)
    await Promise.all([geoKey, fixesKey].map((keyOf) => redis.pexpire(keyOf(zoneId), KEPT_MS)))
    const isMine = (await redis.set(sweepKey(zoneId), '1', 'PX', SWEEP_EVERY_MS / 2, 'NX')) === 'OK'
    if (isMine) await sweep(redis, zoneId, nowMs - KEPT_MS * clock.speed)
  }
}

async function sweep(redis: RedisConnection, zoneId: string, beforeMs: number): Promise<void> {
  const old: string[] = []
  for await (const [driverId, bytes] of scanFixes(redis, zoneId)) {
    if ((readLiveFix(bytes)?.atMs ?? 0) < beforeMs) old.push(driverId)
  }
  for (let from = 0; from < old.length; from += SCAN_COUNT) {
    const ids = old.slice(from, from + SCAN_COUNT)
    await Promise.all([redis.zrem(geoKey(zoneId), ...ids), redis.hdel(fixesKey(zoneId), ...ids)])
  }
}
