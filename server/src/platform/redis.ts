import { Cluster, Redis } from 'ioredis'

/** A connection to one Redis or Valkey, or to a cluster of them. */
export type RedisConnection = Redis | Cluster

/** Opens further connections to the same Redis; each is used for one purpose. */
export type RedisConnector = (purpose: string) => RedisConnection

/**
 * Connections to `REDIS_URL`: one `redis://` or `rediss://` address, or several with commas between them for a cluster.
 * A command is tried once and fails at once while the connection is away: the callers know what may be repeated.
 */
export function redisConnector(url: string, onError: (error: unknown) => void): RedisConnector {
  const addresses = url.split(',').map((address) => address.trim())
  const options = {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 5_000,
    retryStrategy: (attempt: number) => Math.min(2_000, 50 * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random() / 2),
  }
  return (purpose) => {
    const connectionName = `doorstep-${purpose}`
    const connection =
      addresses.length > 1
        ? new Cluster(addresses, {
            shardedSubscribers: true,
            enableOfflineQueue: false,
            redisOptions: { ...options, connectionName },
          })
        : new Redis(addresses[0]!, { ...options, connectionName })
    connection.on('error', onError)
    return connection
  }
}

/** Resolves when commands can be sent, or rejects after `timeoutMs`. */
export function redisReady(connection: RedisConnection, timeoutMs = 10_000): Promise<void> {
  if (connection.status === 'ready') return Promise.resolve()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      connection.off('ready', onReady)
      reject(new Error(`Redis did not answer within ${timeoutMs} ms`))
    }, timeoutMs)
    const onReady = () => {
      clearTimeout(timer)
      resolve()
    }
    connection.once('ready', onReady)
  })
}
