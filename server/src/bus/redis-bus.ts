import { randomUUID } from 'node:crypto'
import { type RedisConnector, redisBacklog, redisReady } from '../platform/index.ts'
import { type Bus, type BusOptions, KEPT_EVENTS, type Signal } from './bus.ts'
import { feelPulse } from './feel-pulse.ts'
import { openChannels } from './redis-channels.ts'
import { appendEvents, type LogTail, newestSequence, readAfter, tailLog, wakeChannel } from './redis-log.ts'

/** A wake-up may be lost with a connection; then the log is looked at after this long anyway. */
const LOOK_EVERY_MS = 2_000
/** Signals are dropped, not queued, while this much waits to be sent to Redis. */
const SIGNAL_BACKLOG_BYTES = 8 << 20
/** A start waits this long for Redis, and then goes on without it. */
const START_WITHIN_MS = 2_000
/** Trouble on the way is reported this often at most: it comes with every signal. */
const TROUBLE_EVERY_MS = 5_000

const signalChannel = (zoneId: string, signal: Signal) => `doorstep:{${zoneId}}:${signal}`

/**
 * The bus of many nodes: a capped stream per zone for what must not be lost, sharded pub/sub for signals and wake-ups.
 * Needs Redis 7 or Valkey, one or a cluster. A node hears its own signals through Redis too, so that all nodes see the same.
 * It opens whether or not Redis can be reached; followers and listeners of before then are served from when it can, and
 * followers are told of a gap.
 */
export async function redisBus(connect: RedisConnector, options: BusOptions): Promise<Bus> {
  const kept = options.keptEvents ?? KEPT_EVENTS
  const commands = connect('bus')
  const tails = new Map<string, Set<LogTail>>()
  const onTrouble = seldom(options.onError)
  const pullAll = () => {
    if (commands.status !== 'ready') return
    for (const set of tails.values()) for (const tail of set) tail.pull()
  }
  const channels = openChannels({
    connect: () => connect('bus-subscriber', true),
    onReady: pullAll,
    onListenerError: options.onError,
    onTrouble,
  })
  const isUp = () => commands.status === 'ready' && channels.isUp()
  const pulseId = randomUUID()
  const pulseChannel = (zoneId: string) => `doorstep:{${zoneId}}:pulse:${pulseId}`
  const pulse = feelPulse({
    isUp,
    send: (zoneId) => void commands.spublish(pulseChannel(zoneId), '').catch(onTrouble),
    listen: (zoneId, onPulse) => channels.listen(pulseChannel(zoneId), onPulse),
    onDead() {
      onTrouble(new Error('nothing comes back from Redis; connecting anew'))
      channels.renew()
    },
  })
  const timer = setInterval(pullAll, LOOK_EVERY_MS)
  commands.on('ready', pullAll)
  await Promise.all([redisReady(commands, START_WITHIN_MS), channels.ready(START_WITHIN_MS)]).catch(onTrouble)

  return {
    append: (zoneId, events) => appendEvents(commands, zoneId, events, kept),
    async follow(zoneId, follower) {
      const tail = await tailLog(commands, zoneId, follower, { onFollowerError: options.onError, onTrouble })
      const set = tails.get(zoneId) ?? new Set()
      tails.set(zoneId, set.add(tail))
      const unlisten = await channels.listen(wakeChannel(zoneId), tail.pull)
      await pulse.watch(zoneId)
      if (commands.status === 'ready') tail.pull()
      return () => {
        set.delete(tail)
        unlisten()
      }
    },
    read: (zoneId, afterSequence) => readAfter(commands, zoneId, afterSequence, kept),
    position: (zoneId) => newestSequence(commands, zoneId),
    send(zoneId, signal, bytes) {
      if (commands.status !== 'ready' || redisBacklog(commands) > SIGNAL_BACKLOG_BYTES) return
      commands.spublish(signalChannel(zoneId, signal), Buffer.from(bytes)).catch(onTrouble)
    },
    async listen(zoneId, signal, onBytes) {
      const unlisten = await channels.listen(signalChannel(zoneId, signal), onBytes)
      await pulse.watch(zoneId)
      return unlisten
    },
    isConnected: () => isUp() && pulse.isAlive(),
    async close() {
      clearInterval(timer)
      pulse.stop()
      tails.clear()
      channels.close()
      commands.disconnect()
    },
  }
}

function seldom(report: (error: unknown) => void): (error: unknown) => void {
  let reportedAtMs = Number.NEGATIVE_INFINITY
  return (error) => {
    if (performance.now() - reportedAtMs < TROUBLE_EVERY_MS) return
    reportedAtMs = performance.now()
    report(error)
  }
}
