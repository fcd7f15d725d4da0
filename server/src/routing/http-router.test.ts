import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { httpRouter } from './http-router.ts'

const A = { lat: 38.5, lon: -120.2 }
const B = { lat: 40.7, lon: -120.95 }
/** Two points at six decimals: (38.5, -120.2) and (40.7, -120.95), as both engines encode them. */
const SHAPE = '_izlhA~rlgdF_{geC~ywl@'

const VALHALLA = {
  '/status': [200, { version: '3.6.1' }],
  '/route': [
    200,
    { trip: { summary: { time: 100, length: 2.5 }, legs: [{ summary: { time: 100, length: 2.5 }, shape: SHAPE }] } },
  ],
} as const
const OSRM = {
  '/status': [400, { code: 'InvalidUrl' }],
  '/route/v1': [
    200,
    { code: 'Ok', routes: [{ duration: 90, distance: 2400, geometry: SHAPE, legs: [{ duration: 90, distance: 2400 }] }] },
  ],
} as const

let server: Server | null = null
const asked: string[] = []

/** An engine that answers by the beginning of the path; null is one that never answers. */
async function serve(answers: Record<string, readonly [number, object] | null>): Promise<string> {
  asked.length = 0
  server = createServer((request, response) => {
    asked.push(request.url!)
    const answer = Object.entries(answers).findLast(([path]) => request.url!.startsWith(path))?.[1]
    if (answer) response.writeHead(answer[0], { 'content-type': 'application/json' }).end(JSON.stringify(answer[1]))
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)))
  server = null
})

describe('an engine over HTTP', () => {
  it('is known as Valhalla by its status, once', async () => {
    const router = httpRouter(`${await serve(VALHALLA)}/`)
    const result = await router.route('car', [A, B])
    expect(result).toMatchObject({ ok: true, value: { source: 'valhalla_http', durationS: 100, distanceM: 2500 } })
    if (!result.ok) throw new Error(result.error.message)
    expect(result.value.geometry).toEqual([
      [-120.2, 38.5],
      [-120.95, 40.7],
    ])
    await router.route('car', [B, A])
    expect(asked).toEqual(['/status', '/route', '/route'])
  })

  it('is known as OSRM by its status, and asked lon first', async () => {
    const router = httpRouter(await serve(OSRM))
    expect(await router.route('car', [A, B])).toMatchObject({
      ok: true,
      value: { source: 'osrm_http', durationS: 90, distanceM: 2400 },
    })
    expect(asked[1]).toContain('/route/v1/driving/-120.200000,38.500000;-120.950000,40.700000?')
  })

  it('is taken at its word when the URL names it', async () => {
    const router = httpRouter(`osrm+${await serve(OSRM)}`)
    expect(await router.route('bicycle', [A, B])).toMatchObject({ ok: true, value: { source: 'osrm_http' } })
    expect(asked).toHaveLength(1)
  })

  it('that knows no way says no_route, and one that fails, is silent or is gone is unavailable', async () => {
    const valhalla = httpRouter(
      `valhalla+${await serve({ '/route': [400, { error_code: 442, error: 'No path could be found for input' }] })}`,
    )
    expect(await valhalla.route('car', [A, B])).toMatchObject({ ok: false, error: { kind: 'no_route' } })
    server!.close()
    const osrm = httpRouter(`osrm+${await serve({ '/route': [400, { code: 'NoRoute', message: 'Impossible route' }] })}`)
    expect(await osrm.route('car', [A, B])).toMatchObject({ ok: false, error: { kind: 'no_route' } })
    server!.close()
    const failing = httpRouter(`valhalla+${await serve({ '/route': [500, {}] })}`)
    expect(await failing.route('car', [A, B])).toMatchObject({ ok: false, error: { kind: 'unavailable' } })
    server!.close()
    const silent = httpRouter(await serve({ '/status': null }), 30)
    expect(await silent.route('car', [A, B])).toMatchObject({ ok: false, error: { kind: 'unavailable' } })
    server!.closeAllConnections()
    const gone = httpRouter('http://127.0.0.1:1')
    expect(await gone.route('car', [A, B])).toMatchObject({ ok: false, error: { kind: 'unavailable' } })
  })
})
