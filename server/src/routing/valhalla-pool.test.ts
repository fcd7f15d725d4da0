import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import type { Router, RoutingLog } from './router.ts'
import { valhallaPool } from './valhalla-pool.ts'

const ANSWER = JSON.stringify({
  trip: { summary: { time: 60, length: 1 }, legs: [{ summary: { time: 60, length: 1 }, shape: '_p~iF~ps|U_ulLnnqC' }] },
})
const PLACES = [
  { lat: 1, lon: 1 },
  { lat: 2, lon: 2 },
]

/** A thread that does to each request what `script` says; it stands where Valhalla would. */
const thread = (script: string) => () =>
  new Worker(`const { parentPort } = require('node:worker_threads')\nconst ANSWER = ${JSON.stringify(ANSWER)}\n${script}`, {
    eval: true,
  })

const ANSWERS = thread("parentPort.on('message', ({ id }) => parentPort.postMessage({ id, answer: ANSWER }))")
const DIES = thread("parentPort.on('message', () => process.exit(1))")
const IS_SILENT = thread("parentPort.on('message', () => {})")
const COMPLAINS = thread(
  "parentPort.on('message', ({ id }) => parentPort.postMessage({ id, error: 'No suitable edges near location' }))",
)

const lines: string[] = []
const line = (_: object, message: string) => void lines.push(message)
const log: RoutingLog = { info: line, warn: line, error: line }
let pool: Router
afterEach(() => pool.close())

describe('the pool of routing threads', () => {
  it('tries a route once more when its thread dies, on the one that replaces it', async () => {
    let started = 0
    pool = valhallaPool({ startWorker: () => (started++ === 0 ? DIES() : ANSWERS()), log, threads: 1 })
    const result = await pool.route('car', PLACES)
    expect(result).toMatchObject({ ok: true, value: { source: 'valhalla', durationS: 60, distanceM: 1000 } })
    expect(started).toBe(2)
  })

  it('says unavailable when threads keep dying, and starts no more of them for a while', async () => {
    let started = 0
    const startWorker = () => {
      started += 1
      return DIES()
    }
    pool = valhallaPool({ startWorker, log, threads: 1 })
    const results = await Promise.all([1, 2, 3, 4].map(() => pool.route('car', PLACES)))
    expect(results.every((r) => !r.ok && r.error.kind === 'unavailable')).toBe(true)
    expect(await pool.route('car', PLACES)).toMatchObject({ ok: false, error: { kind: 'unavailable' } })
    expect(started).toBe(3)
  })

  it('gives a caller up after its time, and one that waits behind it too', async () => {
    pool = valhallaPool({ startWorker: IS_SILENT, log, threads: 1, timeoutMs: 20 })
    const results = await Promise.all([pool.route('car', PLACES), pool.route('car', PLACES)])
    for (const result of results)
      expect(result).toMatchObject({ ok: false, error: { kind: 'unavailable', message: 'no route within 20 ms' } })
  })

  it('tells a way that does not exist from an engine that failed', async () => {
    pool = valhallaPool({ startWorker: COMPLAINS, log, threads: 1 })
    expect(await pool.route('car', PLACES)).toMatchObject({ ok: false, error: { kind: 'no_route' } })
  })

  it('starts no thread before the first route, and none for places that cannot be routed', async () => {
    let started = 0
    const startWorker = () => {
      started += 1
      return ANSWERS()
    }
    pool = valhallaPool({ startWorker, log, threads: 2 })
    expect(await pool.route('car', [PLACES[0]!])).toMatchObject({ ok: false, error: { kind: 'invalid' } })
    expect(await pool.route('car', [{ lat: 91, lon: 0 }, PLACES[0]!])).toMatchObject({ ok: false, error: { kind: 'invalid' } })
    expect(started).toBe(0)
    await Promise.all([1, 2, 3, 4, 5].map(() => pool.route('car', PLACES)))
    expect(started).toBe(2)
  })

  it('answers everybody who still waits when it closes', async () => {
    pool = valhallaPool({ startWorker: IS_SILENT, log, threads: 1 })
    const waiting = [pool.route('car', PLACES), pool.route('car', PLACES)]
    await new Promise((resolve) => setImmediate(resolve))
    await pool.close()
    for (const result of await Promise.all(waiting)) expect(result).toMatchObject({ ok: false, error: { kind: 'unavailable' } })
  })
})
