import type { Clock } from './clock.ts'
import { confirmLease, type LeaseRow, readLease, releaseLease, renewLease, takeLease } from './lease-sql.ts'
import type { Log } from './log.ts'
import type { Sql } from './postgres.ts'

/**
 * A lease that is not renewed for so long, in ms of the wall, may be taken. With `BEATS` looks in it, one who dies just after a
 * renewal is followed within a quarter (until the last renewal is seen), the whole, and a quarter (until the next look): 3 s,
 * which leaves 2 s of the 5 s that a zone may be without dispatch to a slow database and a busy process.
 */
const LEASE_TTL_MS = 2_000
/** Renewals, and looks of those who wait, within a term. */
const BEATS = 4

/** What a holder needs. */
export interface LeaseOptions {
  sql: Sql
  clock: Clock
  log: Log
  /** What is leased, for instance `dispatch:<zone id>`. */
  name: string
  /** This node, for instance an id made at start. */
  holder: string
  /** Wall milliseconds without renewal after which another may take it; `LEASE_TTL_MS` unless said. */
  ttlMs?: number
  onGained?(token: number): void
  onLost?(): void
}

/** One node's part in a lease: it tries for it until it has it, and renews it until it is stopped. */
export interface Lease {
  /** The fencing token while the lease is surely ours, else undefined. */
  token(): number | undefined
  /**
   * Asks the database, in the caller's transaction, whether the lease is ours: a process that slept through its term
   * believes so still. Until the transaction ends nobody else can take it, so what is written then is written in time.
   */
  confirm(sql: Sql): Promise<boolean>
  /** Gives it up at once and tries no more. */
  stop(): Promise<void>
}

interface State {
  held: { token: number; untilMs: number } | undefined
  seen: { row: LeaseRow; sinceMs: number } | undefined
}

/** Only time passed on one's own clock counts, never a moment written by another node: clocks may differ. */
async function tryToTake(options: LeaseOptions, state: State, ttlMs: number): Promise<void> {
  const { sql, clock, name, holder } = options
  const row = await readLease(sql, name)
  const before = state.seen
  const isSame = before && before.row.token === row.token && before.row.beat === row.beat && before.row.holder === row.holder
  if (!isSame) state.seen = { row, sinceMs: clock.nowMs() }
  const isFree = row.holder === null || row.holder === holder
  const isSilent = isSame && clock.nowMs() - before.sinceMs >= ttlMs
  if (!isFree && !isSilent) return
  const startMs = clock.nowMs()
  const token = await takeLease(sql, name, holder, row)
  if (token !== undefined) state.held = { token, untilMs: startMs + ttlMs }
}

async function renew(options: LeaseOptions, state: State, ttlMs: number): Promise<void> {
  if (!state.held) return
  const startMs = options.clock.nowMs()
  const isOurs = await renewLease(options.sql, options.name, options.holder, state.held.token)
  state.held = isOurs ? { token: state.held.token, untilMs: startMs + ttlMs } : undefined
}

/**
 * Holds a named lease in PostgreSQL as long as this node can. A holder that cannot renew stops counting itself as
 * holder before anybody else may take over; its token shows a late write for what it is.
 */
export function holdLease(options: LeaseOptions): Lease {
  const { clock, log, name } = options
  // The term is in time of the wall, whatever the speed of the clock: network and database do not run faster.
  const ttlMs = (options.ttlMs ?? LEASE_TTL_MS) * clock.speed
  const state: State = { held: undefined, seen: undefined }
  let isStopped = false
  let cancel = () => {}
  let known: number | undefined
  const token = () => (state.held && clock.nowMs() < state.held.untilMs ? state.held.token : undefined)
  const report = () => {
    const now = token()
    if (now === known) return
    if (known !== undefined) options.onLost?.()
    known = now
    if (now !== undefined) options.onGained?.(now)
  }
  const tick = async () => {
    try {
      if (state.held) await renew(options, state, ttlMs)
      else await tryToTake(options, state, ttlMs)
    } catch (error) {
      log.warn({ err: error, lease: name }, 'the lease could not be renewed')
    }
    if (token() === undefined) state.held = undefined
    report()
    if (!isStopped) cancel = clock.after(ttlMs / BEATS, run)
  }
  let running = Promise.resolve()
  const run = () => {
    running = tick()
  }
  run()
  return {
    token,
    async confirm(sql) {
      const { held } = state
      return held !== undefined && confirmLease(sql, name, options.holder, held.token)
    },
    async stop() {
      isStopped = true
      await running
      cancel()
      const { held } = state
      state.held = undefined
      report()
      if (held) await releaseLease(options.sql, name, options.holder, held.token)
    },
  }
}
