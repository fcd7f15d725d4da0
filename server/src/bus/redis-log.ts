import type { RedisConnection } from '../platform/index.ts'
import type { BusEvent, LogFollower, LoggedEvent, LogPage } from './bus.ts'
import { idOfSequence, sequenceOfId } from './sequence.ts'

/** The keys of a zone share its hash tag, so that Redis Cluster keeps them on one node. */
export const logKey = (zoneId: string) => `doorstep:{${zoneId}}:log`
/** Says that the log has grown. */
export const wakeChannel = (zoneId: string) => `doorstep:{${zoneId}}:wake`

/** Events to a script call: short enough that nobody waits for it. */
const APPEND_CHUNK = 500
const READ_CHUNK = 1_000
/** The first entry of a log, which gives an empty one a position; nobody is told of it. */
const OPENED = 'log.opened'

/** Appends what has not been appended under its id before, and wakes the followers, in one step. */
const APPEND = `
local added = 0
for i = 2, #ARGV, 2 do
  if redis.call('ZADD', KEYS[2], 'NX', redis.call('INCR', KEYS[3]), ARGV[i]) == 1 then
    redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'e', ARGV[i + 1])
    added = added + 1
  end
end
redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -1 - ARGV[1])
if added > 0 then redis.call('SPUBLISH', KEYS[4], '') end
return added`

/** Appends events to a zone's stream; each id once. */
export async function appendEvents(redis: RedisConnection, zoneId: string, events: readonly BusEvent[], kept: number) {
  const keys = [logKey(zoneId), `doorstep:{${zoneId}}:ids`, `doorstep:{${zoneId}}:count`, wakeChannel(zoneId)]
  for (let from = 0; from < events.length; from += APPEND_CHUNK) {
    const pairs = events.slice(from, from + APPEND_CHUNK).flatMap((event) => [event.id, JSON.stringify(event)])
    await redis.eval(APPEND, keys.length, ...keys, kept, ...pairs)
  }
}

/** The sequence of the newest entry; an empty log is opened by it. */
export async function newestSequence(redis: RedisConnection, zoneId: string): Promise<number> {
  const [newest] = await redis.xrevrange(logKey(zoneId), '+', '-', 'COUNT', 1)
  if (newest) return sequenceOfId(newest[0])
  const opened = JSON.stringify({ id: OPENED, type: OPENED, atMs: 0, subjects: {}, data: {} })
  return sequenceOfId((await redis.xadd(logKey(zoneId), '*', 'e', opened)) as string)
}

/** What came after a sequence, at most `limit` events; complete only if the entry of that sequence is still there. */
export async function readAfter(redis: RedisConnection, zoneId: string, sequence: number, limit: number): Promise<LogPage> {
  const entries = await redis.xrange(logKey(zoneId), idOfSequence(sequence), '+', 'COUNT', limit + 2)
  const first = entries[0]
  if (!first || sequenceOfId(first[0]) !== sequence) return { events: [], complete: false }
  return { events: entries.slice(1, limit + 1).flatMap(toEvent), complete: entries.length <= limit + 1 }
}

function toEvent([id, fields]: [string, string[]]): LoggedEvent[] {
  const event = JSON.parse(fields[1]!) as BusEvent
  return event.type === OPENED ? [] : [{ ...event, sequence: sequenceOfId(id) }]
}

/** A follower's place in a log; `pull` tells it what is new, one pull at a time however often it is called. */
export interface LogTail {
  pull(): void
}

/** Whom to tell: a follower that threw, and trouble on the way. */
export interface TailErrors {
  onFollowerError(error: unknown): void
  onTrouble(error: unknown): void
}

/** Follows a log from its newest entry on; while Redis is away, from the newest it has when it is back, with a gap. */
export async function tailLog(
  redis: RedisConnection,
  zoneId: string,
  follower: LogFollower,
  { onFollowerError, onTrouble }: TailErrors,
): Promise<LogTail> {
  let last: number | undefined
  try {
    if (redis.status === 'ready') last = await newestSequence(redis, zoneId)
  } catch (error) {
    onTrouble(error)
  }
  let isPulling = false
  let isWanted = false

  const beginAnew = async () => {
    last = await newestSequence(redis, zoneId)
    follower.onGap?.()
  }
  const pullOnce = async () => {
    if (last === undefined) return beginAnew()
    const entries = await redis.xrange(logKey(zoneId), idOfSequence(last), '+', 'COUNT', READ_CHUNK)
    if (!entries[0] || sequenceOfId(entries[0][0]) !== last) return beginAnew()
    for (const entry of entries.slice(1)) {
      last = sequenceOfId(entry[0])
      try {
        for (const event of toEvent(entry)) follower.onEvent(event)
      } catch (error) {
        onFollowerError(error)
      }
    }
    isWanted ||= entries.length === READ_CHUNK
  }

  const pull = async () => {
    isWanted = true
    if (isPulling) return
    isPulling = true
    try {
      while (isWanted) {
        isWanted = false
        await pullOnce()
      }
    } finally {
      isPulling = false
    }
  }
  return { pull: () => void pull().catch(onTrouble) }
}
