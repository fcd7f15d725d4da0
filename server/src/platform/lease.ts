import type { Clock } from './clock.ts'
import { confirmLease, type LeaseRow, readLease, releaseLease, renewLease, takeLease } from './lease-sql.ts'
import type { Log } from './log.ts'
import type { Sql } from './postgres.ts'

/** What a holder needs. */
export interface LeaseOptions {
  sql: Sql
  clock: Clock
  log: Log
  /** What is leased, for instance `dispatch:<zone id>`. */
  name: string
  /** This node, for instance an id made at start. */
  holder: string
  /** Wall milliseconds without renewal after which another may take it; 3,000 unless said, so a takeover is within 5 s. */
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
  const ttlMs = (options.ttlMs ?? 3_000) * clock.speed
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
    if (!isStopped) cancel = clock.after(ttlMs / 3, run)
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
