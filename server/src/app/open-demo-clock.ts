import { lastEventMs } from '../orders/index.ts'
import { type Clock, type Database, type Log, oneAtATime, type Sql, systemClock } from '../platform/index.ts'
import { demoStartMs } from './demo-clock.ts'
import { type ClockLine, markClockSeen, readClockLine, writeClockLine } from './demo-clock-sql.ts'

/** A clock that nobody has run by for so long, in ms of the wall, is set anew: the demo starts at a good hour again. */
const FORGOTTEN_AFTER_MS = 60_000
const MARK_EVERY_MS = 5_000

/** What opening the demo's clock needs. */
export interface DemoClockDeps {
  db: Database
  log: Log
  speed: number
  timeZone: string
}

/**
 * The demo's clock, the same on every node: the first to start sets it, those that start while others run take it over.
 * It never goes back. Another speed goes on from where the clock stands.
 */
export async function openDemoClock(deps: DemoClockDeps): Promise<{ clock: Clock; stop(): void }> {
  const { db, log, speed } = deps
  const line = await oneAtATime(db, 'demo-clock', () => joinClock(db, deps, Date.now()))
  const timer = setInterval(() => {
    markClockSeen(db, Date.now()).catch((error: unknown) => log.warn({ err: error }, 'the demo clock was not marked as in use'))
  }, MARK_EVERY_MS)
  return {
    clock: systemClock({ speed, startMs: line.cityAt, startWallMs: line.wallAt }),
    stop: () => clearInterval(timer),
  }
}

/** Takes over the clock that others run by at this moment of the wall, or sets it. */
export async function joinClock(
  sql: Sql,
  { speed, timeZone }: Pick<DemoClockDeps, 'speed' | 'timeZone'>,
  wallMs: number,
): Promise<ClockLine> {
  const known = await readClockLine(sql)
  const isInUse = known !== undefined && wallMs - known.seenAt < FORGOTTEN_AFTER_MS
  if (isInUse && known.speed === speed) {
    await markClockSeen(sql, wallMs)
    return known
  }
  const lastMs = Math.max(await lastEventMs(sql), known ? cityTime(known, Math.min(wallMs, known.seenAt)) : 0)
  const cityAt = isInUse ? Math.max(lastMs, cityTime(known, wallMs)) : demoStartMs(wallMs, timeZone, lastMs)
  const line = { wallAt: wallMs, cityAt: Math.round(cityAt), speed }
  await writeClockLine(sql, { ...line, seenAt: wallMs })
  return line
}

const cityTime = ({ wallAt, cityAt, speed }: ClockLine, wallMs: number) => cityAt + (wallMs - wallAt) * speed
