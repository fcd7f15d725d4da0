import { ok } from '@doorstep/shared/domain'
import { describe, expect, it } from 'vitest'
import { createRouter } from './create-router.ts'
import { fallbackRouter } from './fallback-router.ts'
import { cachedRouter } from './route-cache.ts'
import type { Route, Router, RoutingError, RoutingLog } from './router.ts'
import { straightLineRouter } from './straight-line.ts'

const A = { lat: 37.77, lon: -122.41 }
const B = { lat: 37.78, lon: -122.4 }
const ROUTE: Route = { source: 'valhalla', durationS: 60, distanceM: 600, legs: [], geometry: [], maneuvers: [] }

/** An engine whose answer can be changed, and which counts how often it is asked. */
function engine(answer: Route | RoutingError['kind']) {
  const state = { answer, asked: 0 }
  const router: Router = {
    async route() {
      state.asked += 1
      return typeof state.answer === 'string' ? { ok: false, error: { kind: state.answer, message: '' } } : ok(state.answer)
    },
    async close() {},
  }
  return { state, router }
}

function logbook() {
  const lines: string[] = []
  const log: RoutingLog = {
    info: (_, message) => void lines.push(`info ${message}`),
    warn: (_, message) => void lines.push(`warn ${message}`),
    error: (_, message) => void lines.push(`error ${message}`),
  }
  return { lines, log }
}

describe('falling back', () => {
  it('asks engines in their order and takes the first way found', async () => {
    const [first, second] = [engine('no_route'), engine(ROUTE)]
    const router = fallbackRouter(
      [
        { name: 'a', router: first.router },
        { name: 'b', router: second.router },
      ],
      logbook().log,
    )
    expect(await router.route('car', [A, B])).toEqual(ok(ROUTE))
    expect([first.state.asked, second.state.asked]).toEqual([1, 1])
  })

  it('leaves an engine that failed alone for ten seconds, and says once when it goes and once when it is back', async () => {
    let nowMs = 0
    const { lines, log } = logbook()
    const [first, last] = [engine('unavailable'), { name: 'straight_line', router: straightLineRouter() }]
    const router = fallbackRouter([{ name: 'a', router: first.router }, last], log, () => nowMs)
    for (let i = 0; i < 5; i++)
      expect(await router.route('car', [A, B])).toMatchObject({ ok: true, value: { source: 'straight_line' } })
    expect(first.state.asked).toBe(1)
    nowMs = 10_001
    await router.route('car', [A, B])
    expect(first.state.asked).toBe(2)
    first.state.answer = ROUTE
    nowMs = 20_002
    expect(await router.route('car', [A, B])).toEqual(ok(ROUTE))
    expect(lines).toEqual(['warn routing engine is unavailable; falling back', 'info routing engine is back'])
  })

  it('does not guess where the places make no sense', async () => {
    const router = fallbackRouter([{ name: 'straight_line', router: straightLineRouter() }], logbook().log)
    expect(await router.route('car', [A])).toMatchObject({ ok: false, error: { kind: 'invalid' } })
  })

  it('says that there is only a straight line, in the log and on the route', async () => {
    const { lines, log } = logbook()
    const router = createRouter({ valhallaDir: null, log })
    const result = await router.route('bicycle', [A, B])
    expect(lines).toEqual(['warn there is no routing engine: times and ways are straight lines'])
    if (!result.ok) throw new Error(result.error.message)
    expect(result.value.source).toBe('straight_line')
    // 1,417 m as the crow flies, 1.4 times that along roads, at 15.8 km/h.
    expect(result.value.distanceM).toBeCloseTo(1984, -1)
    expect(result.value.durationS).toBeCloseTo(452, -1)
    await router.close()
    expect(await router.route('car', [A, B])).toMatchObject({ ok: false, error: { kind: 'unavailable' } })
  })
})

describe('the cache of routes', () => {
  it('answers the same ends within eleven metres from memory, another vehicle or instructions anew', async () => {
    const { state, router } = engine(ROUTE)
    const cached = cachedRouter(router)
    await cached.route('car', [A, B])
    await cached.route('car', [{ lat: A.lat + 0.00001, lon: A.lon }, B])
    expect(state.asked).toBe(1)
    await cached.route('van', [A, B])
    await cached.route('car', [A, B], { maneuvers: true })
    expect(state.asked).toBe(3)
  })

  it('keeps no more than its limit, and drops what was used longest ago', async () => {
    const { state, router } = engine(ROUTE)
    const cached = cachedRouter(router, 2)
    const to = (i: number) => cached.route('car', [A, { lat: i, lon: i }])
    for (const i of [1, 2, 1, 3]) await to(i)
    expect(state.asked).toBe(3)
    await to(1)
    expect(state.asked).toBe(3)
    await to(2)
    expect(state.asked).toBe(4)
  })

  it('asks once for those who ask at the same time, and keeps neither straight lines nor failures', async () => {
    const { state, router } = engine({ ...ROUTE, source: 'straight_line' })
    const cached = cachedRouter(router)
    await Promise.all([cached.route('car', [A, B]), cached.route('car', [A, B])])
    expect(state.asked).toBe(1)
    state.answer = 'unavailable'
    await cached.route('car', [A, B])
    await cached.route('car', [A, B])
    expect(state.asked).toBe(3)
  })
})
