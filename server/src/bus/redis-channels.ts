import type { RedisConnection } from '../platform/index.ts'

/** Sharded channels of a Redis, each with any number of listeners; subscriptions outlive lost connections. */
export interface RedisChannels {
  /** Listens to a channel from now on, or from when Redis can be reached; the bytes are only lent for the call. */
  listen(channel: string, onBytes: (bytes: Uint8Array) => void): Promise<() => void>
  close(): void
}

/** Whom to tell: a listener that threw, and trouble on the way. */
export interface ChannelErrors {
  onListenerError(error: unknown): void
  onTrouble(error: unknown): void
}

/** Opens channels on a connection of their own. A subscription that failed is made again with the next connection. */
export function openChannels(subscriber: RedisConnection, { onListenerError, onTrouble }: ChannelErrors): RedisChannels {
  const listeners = new Map<string, Set<(bytes: Uint8Array) => void>>()

  const subscribe = async (channel: string) => {
    if (subscriber.status === 'ready') await subscriber.ssubscribe(channel)
  }
  subscriber.on('ready', () => {
    for (const channel of listeners.keys()) subscribe(channel).catch(onTrouble)
  })
  subscriber.on('smessageBuffer', (channel: Buffer, bytes: Buffer) => {
    for (const listener of listeners.get(channel.toString()) ?? []) {
      try {
        listener(bytes)
      } catch (error) {
        onListenerError(error)
      }
    }
  })

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
    close: () => listeners.clear(),
  }
}
