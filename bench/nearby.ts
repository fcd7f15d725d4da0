import { parseArgs } from 'node:util'
import { seededRng } from '@doorstep/shared/domain'
import { isOfferable } from '../server/src/fleet/index.ts'
import { type BenchPostgres, startBenchPostgres } from './bench-postgres.ts'
import { askNearby, askTrivial, type HttpRate } from './nearby/http-load.ts'
import { type HttpNodeSettings, startHttpNode } from './nearby/http-node.ts'
import { describedQueriesPerSecond, queriesPerSecond, updateUs, wrongAnswers } from './nearby/in-process.ts'
import { driverId, metropolis, NOW_MS, placeInMetropolis } from './nearby/metropolis.ts'
import { type BenchRedis, startBenchRedis } from './redis-server.ts'
import { figure, report } from './report.ts'
import { openTextbookRedis, type RedisNearby, redisNearby } from './textbook/nearby-redis.ts'

const { values } = parseArgs({
  options: {
    drivers: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const [drivers, seconds] = [Number(values.drivers), Number(values.seconds)]

async function textbookQueries(textbook: RedisNearby): Promise<number> {
  const rng = seededRng(5)
  const batches = Array.from({ length: 20 }, () => Array.from({ length: 10 }, () => placeInMetropolis(rng)))
  await textbook.nearest(batches[0]!, 5_000, 20)
  const startMs = performance.now()
  let asked = 0
  for (let n = 0; performance.now() - startMs < seconds * 1_000; n++) {
    asked += (await textbook.nearest(batches[n % 20]!, 5_000, 20)).length
  }
  return (asked / (performance.now() - startMs)) * 1_000
}

async function textbookUpdateUs(textbook: RedisNearby): Promise<number> {
  const rng = seededRng(7)
  const moves = Array.from({ length: 30_000 }, (_, n) => ({ id: driverId(n % drivers), ...placeInMetropolis(rng) }))
  const startMs = performance.now()
  for (let from = 0; from < moves.length; from += 1_000) await textbook.move(moves.slice(from, from + 1_000))
  return ((performance.now() - startMs) / moves.length) * 1_000
}

/** Starts a node and asks it about places, and with `alsoTrivial` for nothing at all. */
async function measureHttp(settings: HttpNodeSettings, alsoTrivial: boolean): Promise<{ nearby: HttpRate; trivial?: HttpRate }> {
  const node = await startHttpNode(settings)
  try {
    const nearby = await askNearby(node, seconds)
    return alsoTrivial ? { nearby, trivial: await askTrivial(node, seconds) } : { nearby }
  } finally {
    node.stop()
  }
}

async function measure(redis: BenchRedis, postgres: BenchPostgres): Promise<void> {
  console.error(`${drivers} drivers of a metropolis …`)
  const fleet = metropolis(drivers, Number(values.seed))
  const wrong = wrongAnswers(fleet, 200)
  const connection = await openTextbookRedis(redis.url)
  const textbook = redisNearby(connection)
  const slots = Array.from({ length: fleet.count }, (_, slot) => slot).filter((slot) => isOfferable(fleet, slot, NOW_MS))
  await textbook.load(slots.map((slot) => ({ id: fleet.ids[slot]!, lat: fleet.lat[slot]!, lon: fleet.lon[slot]! })))
  const [ours, described, theirs] = [
    queriesPerSecond(fleet, seconds),
    describedQueriesPerSecond(fleet, seconds),
    await textbookQueries(textbook),
  ]
  const settings = { drivers, seed: Number(values.seed), databaseUrl: postgres.url }
  const http = await measureHttp(settings, true)
  const textbookHttp = await measureHttp({ ...settings, redisUrl: redis.url }, false)
  const results = [
    figure('wrong_answers', 'of 200', wrong, { goal: { atMost: 0 } }),
    figure('queries_per_s', '1/s', ours, { textbook: theirs, goal: { atLeast: 50_000, ratioAtLeast: 50 } }),
    figure('described_queries_per_s', '1/s', described, { textbook: theirs }),
    figure('http_queries_per_s', '1/s', http.nearby.perSecond, {
      textbook: textbookHttp.nearby.perSecond,
      goal: { atLeast: 8_000 },
    }),
    figure('http_query_cpu_us', 'µs', http.nearby.nodeUs),
    figure('http_trivial_per_s', '1/s', http.trivial!.perSecond),
    figure('http_trivial_cpu_us', 'µs', http.trivial!.nodeUs),
    figure('update_us', 'µs', updateUs(fleet, 1_000_000), {
      textbook: await textbookUpdateUs(textbook),
      goal: { atMost: 1 },
      lessIsBetter: true,
    }),
  ]
  connection.disconnect()
  report('nearby', results, { json: values.json, details: { drivers, offerable: slots.length, seconds, http, textbookHttp } })
}

async function main(): Promise<void> {
  const redis = await startBenchRedis()
  if (!redis) {
    console.error('The textbook needs redis-server or valkey-server in the PATH.')
    process.exitCode = 2
    return
  }
  const postgres = await startBenchPostgres()
  try {
    await measure(redis, postgres)
  } finally {
    await postgres.remove()
    await redis.remove()
  }
}

await main()
