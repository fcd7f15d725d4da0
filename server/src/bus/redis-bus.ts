import { type RedisConnector, redisReady } from '../platform/index.ts'
import { type Bus, type BusOptions, KEPT_EVENTS, type Signal } from './bus.ts'
import { appendEvents, type LogTail, newestSequence, readAfter, tailLog, wakeChannel } from './redis-log.ts'

/** A wake-up may be lost with a connection; then the log is looked at after this long anyway. */
const LOOK_EVERY_MS = 2_000
/** Signals are dropped, not queued, while this much waits to be sent to Redis. */
const SIGNAL_BACKLOG_BYTES = 8 << 20

const signalChannel = (zoneId: string, signal: Signal) => `doorstep:{${zoneId}}:${signal}`

/**
 * The bus of many nodes: a capped stream per zone for what must not be lost, sharded pub/sub for signals and wake-ups.
 * Needs Redis 7 or Valkey. A node hears its own signals through Redis too, so that all nodes see the same.
 */
export async function redisBus(connect: RedisConnector, options: BusOptions): Promise<Bus> {
  const kept = options.keptEvents ?? KEPT_EVENTS
  const commands = connect('bus')
  const subscriber = connect('bus-subscriber')
  const tails = new Map<string, Set<LogTail>>()
  const listeners = new Map<string, Set<(bytes: Uint8Array) => void>>()
  const report = (error: unknown) => options.onError(error)
  await Promise.all([redisReady(commands), redisReady(subscriber)])

  const pullAll = () => {
    if (commands.status !== 'ready') return
    for (const set of tails.values()) for (const tail of set) tail.pull()
  }
  const timer = setInterval(pullAll, LOOK_EVERY_MS)
  commands.on('ready', pullAll)
  subscriber.on('ready', pullAll)
  subscriber.on('smessageBuffer', (channel: Buffer, bytes: Buffer) => {
    for (const listener of listeners.get(channel.toString()) ?? []) {
      try {
        listener(bytes)
      } catch (error) {
        report(error)
      }
    }
  })

  const listenOn = async (channel: string, onBytes: (bytes: Uint8Array) => void) => {
    const set = listeners.get(channel) ?? new Set()
    listeners.set(channel, set)
    if (set.size === 0) await subscriber.ssubscribe(channel)
    set.add(onBytes)
    return () => {
      set.delete(onBytes)
      if (set.size > 0 || subscriber.status !== 'ready') return
      listeners.delete(channel)
      subscriber.sunsubscribe(channel).catch(report)
    }
  }

  return {
    append: (zoneId, events) => appendEvents(commands, zoneId, events, kept),
    async follow(zoneId, follower) {
      const tail = await tailLog(commands, zoneId, follower, report)
      const set = tails.get(zoneId) ?? new Set()
      tails.set(zoneId, set.add(tail))
      const unlisten = await listenOn(wakeChannel(zoneId), tail.pull)
      tail.pull()
      return () => {
        set.delete(tail)
        unlisten()
      }
    },
    read: (zoneId, afterSequence) => readAfter(commands, zoneId, afterSequence, kept),
    position: (zoneId) => newestSequence(commands, zoneId),
    send(zoneId, signal, bytes) {
      if (commands.status !== 'ready' || backlogOf(commands) > SIGNAL_BACKLOG_BYTES) return
      commands.spublish(signalChannel(zoneId, signal), Buffer.from(bytes)).catch(report)
    },
    listen: (zoneId, signal, onBytes) => listenOn(signalChannel(zoneId, signal), onBytes),
    isConnected: () => commands.status === 'ready' && subscriber.status === 'ready',
    async close() {
      clearInterval(timer)
      tails.clear()
      listeners.clear()
      commands.disconnect()
      subscriber.disconnect()
    },
  }
}

function backlogOf(connection: ReturnType<RedisConnector>): number {
  return 'stream' in connection ? (connection.stream?.writableLength ?? 0) : 0
}
