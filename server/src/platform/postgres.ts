import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'

/** What runs queries: the pool, or a transaction in it. Rows come back with camelCase keys. */
export type Sql = postgres.ISql<Record<never, never>>

/** The connection pool. Pass it as `Sql` to whatever only runs queries. */
export type Database = postgres.Sql<Record<never, never>>

/** How the pool is opened; everything but the address has a sensible default. */
export interface PostgresOptions {
  url: string
  /** Connections at most; 10 unless said. */
  poolSize?: number
  /** A statement running longer than this is cancelled by PostgreSQL; 30 s unless said, 0 for never. */
  statementTimeoutMs?: number
  applicationName?: string
}

const TIMESTAMPTZ = 1184
const TIMESTAMP = 1114
const DATE = 1082
const INT8 = 20
const NUMERIC = 1700

function toTimestamp(value: number | Date | string): string {
  return typeof value === 'string' ? value : new Date(value).toISOString()
}

function toSafeNumber(raw: string): number {
  const value = Number(raw)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${raw} does not fit a JavaScript number`)
  return value
}

/**
 * How PostgreSQL types cross into JavaScript, once for all rooms:
 * timestamptz is a number of milliseconds since 1970 both ways, bigint and numeric are numbers (a bigint beyond
 * 2^53 throws), date stays text `YYYY-MM-DD`. Columns are snake_case there and camelCase here, both ways.
 */
const types = {
  time: { to: TIMESTAMPTZ, from: [TIMESTAMPTZ, TIMESTAMP], serialize: toTimestamp, parse: (raw: string) => Date.parse(raw) },
  date: { to: DATE, from: [DATE], serialize: (value: string) => value, parse: (raw: string) => raw },
  bigint: { to: INT8, from: [INT8], serialize: (value: number | bigint) => value.toString(), parse: toSafeNumber },
  numeric: { to: NUMERIC, from: [NUMERIC], serialize: (value: number) => value.toString(), parse: Number },
}

/** A database that was away is back at some moment: then nobody should wait long for it. */
const LONGEST_RETRY_S = 0.5

const retryInS = (attempt: number) => Math.min(LONGEST_RETRY_S, 0.02 * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random() / 2)

/** Opens a pool; nothing is connected before the first query. End it with `db.end({ timeout })`. */
export function connectPostgres(options: PostgresOptions): Database {
  const sql = postgres(options.url, {
    max: options.poolSize ?? 10,
    types,
    transform: { column: { from: postgres.toCamel, to: postgres.fromCamel } },
    connect_timeout: 10,
    backoff: retryInS,
    onnotice: () => {},
    connection: {
      application_name: options.applicationName ?? 'doorstep',
      TimeZone: 'UTC',
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  })
  return sql as unknown as Database
}

/** How often a database that is away is looked for. */
const LOOK_EVERY_MS = 500

/** Resolves when the database answers; rejects when it is still away after `boundMs`, or says something else. */
export async function databaseReady(db: Database, boundMs: number, onWaiting: () => void): Promise<void> {
  const untilMs = Date.now() + boundMs
  for (let tries = 1; ; tries++) {
    try {
      return void (await db`select 1`)
    } catch (error) {
      if (!isDatabaseUnreachable(error) || Date.now() > untilMs) throw error
      if (tries === 1) onWaiting()
      await sleep(LOOK_EVERY_MS)
    }
  }
}

const RETRIED = new Set(['40001', '40P01'])
const ATTEMPTS = 3

/**
 * Runs `work` in one transaction and commits it; a throw rolls back and is passed on. A deadlock or serialization
 * failure is tried again up to three times, so `work` must touch nothing but the database.
 */
export async function inTransaction<T>(db: Database, work: (sql: Sql) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await db.begin((sql) => work(sql as unknown as Sql))) as T
    } catch (error) {
      if (attempt >= ATTEMPTS || !RETRIED.has(sqlState(error) ?? '')) throw error
    }
  }
}

/** The five characters by which PostgreSQL names an error (for instance 23505, a unique key), or the driver's own code. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : undefined
}

/** The name of the constraint a write broke, if that is what happened. */
export function brokenConstraint(error: unknown): string | undefined {
  return error instanceof postgres.PostgresError ? error.constraint_name : undefined
}

const UNREACHABLE =
  /^(CONNECTION_CLOSED|CONNECTION_ENDED|CONNECTION_DESTROYED|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE|08\w{3}|57P0[123]|53\w{3}|57014|25P03)$/

/** Whether an error says that the database cannot be reached now, or took too long, so that trying again later can help. */
export function isDatabaseUnreachable(error: unknown): boolean {
  return UNREACHABLE.test(sqlState(error) ?? '')
}
