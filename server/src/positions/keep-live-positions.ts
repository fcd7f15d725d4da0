import { driverAt, type Fleet, moveDriver, slotOf } from '../fleet/index.ts'
import { type Clock, type Log, type RedisConnector, redisBacklog, redisReady } from '../platform/index.ts'
import { readLiveFix } from './live-fix.ts'
import { fixesKey, geoKey, scanFixes, tidyLivePositions } from './live-position-keys.ts'
import type { BatchFix } from './position-batch.ts'
import { type PositionCommands, positionCommands } from './prebuilt-commands.ts'

/** Each driver is written at most once in so many ticks: each looks at as small a share of the slots, so that none is long. */
const TICKS_APART = 100
const TICK_MS = 100
/** Drivers to a command, so that nobody waits for it: some 0.3 ms of Redis. */
const DRIVERS_PER_COMMAND = 250
/** A slow Redis is spared while this much waits to be sent. */
const BACKLOG_BYTES = 2 << 20
/** A start waits this long for Redis. */
const READY_WITHIN_MS = 2_000

/** Keeps live positions in Redis, so that a node that starts knows where drivers are. */
export interface LivePositionKeeper {
  /** Notes that this node took a position for a slot. */
  note(slot: number): void
  /** Puts the positions of zones' drivers that the fleet knows into it, the later of two fixes stays; 0 when Redis is away. */
  load(zoneIds: Iterable<string>): Promise<number>
  /** Writes what is noted, and closes the connection. */
  stop(): Promise<void>
}

/** What the keeper needs. */
export interface LivePositionDeps {
  connect: RedisConnector
  clock: Clock
  log: Log
  fleet: Fleet
}

/**
 * Starts writing what is noted: where the fleet has the driver by then, so that of two nodes that took positions of one
 * driver neither writes an older one for long. What cannot be sent is left out; the next position comes soon.
 */
export function keepLivePositions({ connect, clock, log, fleet }: LivePositionDeps): LivePositionKeeper {
  const redis = connect('positions')
  const zones = new Map<number, PositionCommands>()
  const tidy = tidyLivePositions(redis, clock)
  let noted = new Uint8Array(fleet.capacity)
  let tickCount = 0
  let cancel = () => {}
  let sending: Promise<unknown> = Promise.resolve()

  const send = async (zoneId: string, commands: PositionCommands) => {
    await Promise.all(commands.take().map((command) => redis.sendCommand(command) as Promise<unknown>))
    await tidy(zoneId)
  }
  const sendSoon = (zone: number, commands: PositionCommands) => {
    const failed = (error: unknown) => log.warn({ err: error }, 'live positions were not written to Redis; the next ones will be')
    sending = Promise.all([sending, send(fleet.zones[zone]!, commands).catch(failed)])
  }
  const openZone = (zone: number) => {
    const zoneId = fleet.zones[zone]!
    const commands = positionCommands({ geo: geoKey(zoneId), fixes: fixesKey(zoneId) }, DRIVERS_PER_COMMAND)
    zones.set(zone, commands)
    return commands
  }
  const write = (first: number, step: number) => {
    if (redis.status !== 'ready' || redisBacklog(redis) > BACKLOG_BYTES) return
    for (let slot = first; slot < noted.length; slot += step) {
      if (noted[slot] === 0) continue
      noted[slot] = 0
      if (fleet.ids[slot] === undefined || fleet.fixAtMs[slot] === 0) continue
      const zone = fleet.zone[slot]!
      const commands = zones.get(zone) ?? openZone(zone)
      commands.add(driverAt(fleet, slot), fixOf(fleet, slot))
      if (commands.count() === DRIVERS_PER_COMMAND) sendSoon(zone, commands)
    }
    for (const [zone, commands] of zones) if (commands.count() > 0) sendSoon(zone, commands)
  }
  const tick = () => {
    tickCount = (tickCount + 1) % TICKS_APART
    write(tickCount, TICKS_APART)
    cancel = clock.after(TICK_MS * clock.speed, tick)
  }
  cancel = clock.after(TICK_MS * clock.speed, tick)

  const loadZone = async (zoneId: string) => {
    const nowMs = clock.nowMs()
    let loaded = 0
    for await (const [driverId, bytes] of scanFixes(redis, zoneId)) {
      const fix = readLiveFix(bytes)
      const slot = fix ? slotOf(fleet, driverId) : -1
      if (!fix || slot < 0) continue
      if (moveDriver(fleet, slot, { ...fix, atMs: Math.min(nowMs, fix.atMs) }) === 'moved') loaded++
    }
    return loaded
  }

  return {
    note(slot) {
      if (slot >= noted.length) noted = grown(noted, fleet.capacity)
      noted[slot] = 1
    },
    async load(zoneIds) {
      let loaded = 0
      try {
        await redisReady(redis, READY_WITHIN_MS)
        for (const zoneId of zoneIds) loaded += await loadZone(zoneId)
      } catch (error) {
        log.warn({ err: error }, 'live positions were not read from Redis; the database has older ones')
      }
      return loaded
    },
    async stop() {
      cancel()
      write(0, 1)
      await sending
      redis.disconnect()
    },
  }
}

function fixOf(fleet: Fleet, slot: number): BatchFix {
  return {
    lat: fleet.lat[slot]!,
    lon: fleet.lon[slot]!,
    atMs: fleet.fixAtMs[slot]!,
    seq: fleet.fixSeq[slot]!,
    courseDeg: fleet.courseDeg[slot]!,
    speedMps: fleet.speedMps[slot]!,
  }
}

function grown(old: Uint8Array<ArrayBuffer>, capacity: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(capacity)
  bytes.set(old)
  return bytes
}
