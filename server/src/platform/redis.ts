import { Cluster, Command, Redis, type RedisOptions } from 'ioredis'
import { type RedisTarget, readRedisUrl } from './redis-target.ts'

/** A connection to one Redis or Valkey, or to a cluster of them. */
export type RedisConnection = Redis | Cluster

/** Opens further connections to the same Redis; each is used for one purpose, and one `isSubscriber` for listening alone. */
export type RedisConnector = (purpose: string, isSubscriber?: boolean) => RedisConnection

/** A server that is connected but says nothing for this long, though it was asked, is given up and connected to anew. */
const SILENT_MS = 3_000
const CONNECT_WITHIN_MS = 5_000
const LONGEST_RETRY_MS = 2_000

const retryInMs = (attempt: number) => Math.min(LONGEST_RETRY_MS, 50 * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random() / 2)

/**
 * Connections to `REDIS_URL` (see `readRedisUrl`). A command is tried once and fails at once while the connection is away:
 * the callers know what may be repeated. What goes wrong with a connection is told to `onError`; it is tried again for ever.
 */
export function redisConnector(url: string, onError: (error: unknown) => void): RedisConnector {
  const target = readRedisUrl(url)
  return (purpose, isSubscriber = false) => {
    const connection = target.isCluster ? openCluster(target, purpose, isSubscriber) : openSingle(target, purpose)
    connection.on('error', onError)
    return connection
  }
}

function optionsOf({ username, password, isTls }: RedisTarget, purpose: string) {
  return {
    connectionName: `doorstep-${purpose}`,
    autoResendUnfulfilledCommands: false,
    // It would reject with nobody to hear it when the new connection is lost too: who listens subscribes again.
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_WITHIN_MS,
    socketTimeout: SILENT_MS,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(isTls ? { tls: {} } : {}),
  } satisfies RedisOptions
}

function openSingle(target: RedisTarget, purpose: string): Redis {
  const { host, port } = target.nodes[0]!
  return new Redis({
    ...optionsOf(target, purpose),
    host,
    port,
    db: target.db,
    enableOfflineQueue: false,
    retryStrategy: retryInMs,
  })
}

function openCluster(target: RedisTarget, purpose: string, isSubscriber: boolean): Cluster {
  return new Cluster([...target.nodes], {
    shardedSubscribers: isSubscriber,
    enableOfflineQueue: false,
    clusterRetryStrategy: retryInMs,
    redisOptions: optionsOf(target, purpose),
    // A certificate is for the name that was asked for, so names are left as they are.
    ...(target.isTls ? { dnsLookup: (address, done) => done(null, address) } : {}),
  })
}

/** A command for one key whose bytes on the wire are made by the caller; for `sendCommand`. They are kept until they are sent. */
export function prebuiltCommand(name: string, key: string, bytes: Buffer): Command {
  const command = new Command(name, [key])
  command.toWritable = () => bytes
  return command
}

/** Bytes that wait to be sent: what comes on top would only come later. */
export function redisBacklog(connection: RedisConnection): number {
  const nodes = 'nodes' in connection ? connection.nodes('master') : [connection]
  return nodes.reduce((sum, node) => sum + (node.stream?.writableLength ?? 0), 0)
}

/** Resolves when commands can be sent, or rejects after `timeoutMs`. */
export function redisReady(connection: RedisConnection, timeoutMs = 10_000): Promise<void> {
  if (connection.status === 'ready') return Promise.resolve()
  return new Promise((resolve, reject) => {
    const onReady = () => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(() => {
      connection.off('ready', onReady)
      reject(new Error(`Redis did not answer within ${timeoutMs} ms`))
    }, timeoutMs)
    connection.once('ready', onReady)
  })
}
