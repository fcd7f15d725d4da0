// The ground the rooms stand on: time, log, metrics, the database and its migrations, leases, an orderly end.
// Nothing here knows what an order is, and nothing here is a singleton: main.ts makes each once and passes it on.
export { AppError } from './app-error.ts'
export { type Clock, manualClock, systemClock } from './clock.ts'
export { closesWhenAnswered } from './close-http-server.ts'
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  joinEmbeddedPostgres,
  startEmbeddedPostgres,
} from './embedded-postgres.ts'
export { isFolderInUse } from './folder-lock.ts'
export { freePort } from './free-port.ts'
export { keepPartitions, type PartitionKeeper } from './keep-partitions.ts'
export { holdLease, type Lease, type LeaseOptions } from './lease.ts'
export { createLog, type Log, type LogOptions, silentLog } from './log.ts'
export { createMetrics, type Metrics } from './metrics.ts'
export { migrate } from './migrate.ts'
export { newId } from './new-id.ts'
export { oneAtATime } from './one-at-a-time.ts'
export { dayOf, dropPartitionsBefore, ensurePartition } from './partitions-sql.ts'
export {
  brokenConstraint,
  connectPostgres,
  type Database,
  databaseReady,
  inTransaction,
  isDatabaseUnreachable,
  type PostgresOptions,
  type Sql,
  sqlState,
} from './postgres.ts'
export {
  prebuiltCommand,
  type RedisConnection,
  type RedisConnector,
  redisBacklog,
  redisConnector,
  redisReady,
} from './redis.ts'
export { type RedisTarget, readRedisUrl } from './redis-target.ts'
export type { HandleRoute, Principal, RouteHandler, RouteReply, RouteRequest } from './route-handler.ts'
export { isAlive } from './running-process.ts'
export { createShutdown, type Shutdown, type ShutdownBounds, shutDownOnSignals } from './shutdown.ts'
