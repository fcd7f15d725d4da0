import { type RedisConnection, redisReady } from '../platform/index.ts'

/** Sharded channels of a Redis, each with any number of listeners; subscriptions outlive lost connections. */
export interface RedisChannels {
  /** Listens to a channel from now on, or from when Redis can be reached; the bytes are only lent for the call. */
  listen(channel: string, onBytes: (bytes: Uint8Array) => void): Promise<() => void>
  isUp(): boolean
  /** Resolves when there is a connection, or rejects after `timeoutMs`. */
  ready(timeoutMs: number): Promise<void>
  /** Replaces the connection by a new one, whatever state it is in. */
  renew(): void
  close(): void
}

/** What channels are made from. */
export interface ChannelDeps {
  /** Opens a connection that does nothing but listen. */
  connect(): RedisConnection
  onReady(): void
  /** A listener threw. */
  onListenerError(error: unknown): void
  onTrouble(error: unknown): void
}

/** Opens channels on a connection of their own. A subscription that failed is made again with the next connection. */
export function openChannels({ connect, onReady, onListenerError, onTrouble }: ChannelDeps): RedisChannels {
  const listeners = new Map<string, Set<(bytes: Uint8Array) => void>>()

  const tell = (channel: Buffer, bytes: Buffer) => {
    for (const listener of listeners.get(channel.toString()) ?? []) {
      try {
        listener(bytes)
      } catch (error) {
        onListenerError(error)
      }
    }
  }
  const open = () => {
    const opened = connect()
    opened.on('smessageBuffer', tell)
    opened.on('ready', () => {
      if (opened !== subscriber) return
      for (const channel of listeners.keys()) subscribe(channel).catch(onTrouble)
      onReady()
    })
    return opened
  }
  const subscribe = async (channel: string) => {
    if (subscriber.status === 'ready') await subscriber.ssubscribe(channel)
  }
  let subscriber = open()

  return {
    async listen(channel, onBytes) {
      const set = listeners.get(channel) ?? new Set()
      const isFirst = set.size === 0
      listeners.set(channel, set.add(onBytes))
      if (isFirst) await subscribe(channel).catch(onTrouble)
      return () => {
        set.delete(onBytes)
        if (set.size > 0 || listeners.get(channel) !== set) return
        listeners.delete(channel)
        if (subscriber.status === 'ready') subscriber.sunsubscribe(channel).catch(onTrouble)
      }
    },
    isUp: () => subscriber.status === 'ready',
    ready: (timeoutMs) => redisReady(subscriber, timeoutMs),
    renew() {
      const old = subscriber
      old.off('smessageBuffer', tell)
      old.disconnect()
      subscriber = open()
    },
    close() {
      listeners.clear()
      subscriber.disconnect()
    },
  }
}
