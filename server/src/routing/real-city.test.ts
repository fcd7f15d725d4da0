import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildStreetGraph, buildValhallaTiles, readExtract, type StreetGraph } from '../city/index.ts'
import { readCalibration } from './calibration.ts'
import { createRouter } from './create-router.ts'
import { calibrate, measureTravelError } from './measure-travel-error.ts'
import type { Router } from './router.ts'

const dataDir = process.env['DOORSTEP_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data')
const extractFile = join(dataDir, 'osm', 'monaco.osm.pbf')
const hasData = existsSync(extractFile)
if (!hasData && process.env['CI'] === 'true') throw new Error(`${extractFile} is missing: set DOORSTEP_DATA`)

const CASINO = { lat: 43.7392, lon: 7.4275 }
const STATION = { lat: 43.7384, lon: 7.4192 }

describe.skipIf(!hasData)('routing in Monaco', () => {
  let folder: string
  let graph: StreetGraph
  let router: Router

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doorstep-routing-'))
    const built = await buildValhallaTiles(extractFile, folder)
    if (!built.ok) throw new Error(JSON.stringify(built.error))
    graph = buildStreetGraph(await readExtract(extractFile))
    const quiet = { info() {}, warn() {}, error() {} }
    router = createRouter({ valhallaDir: folder, log: quiet, threads: 1 })
  }, 60_000)

  afterAll(async () => {
    await router?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('finds ways along streets for every vehicle, with instructions on request', async () => {
    for (const vehicle of ['bicycle', 'motorcycle', 'car', 'van'] as const) {
      const result = await router.route(vehicle, [CASINO, STATION, CASINO], { maneuvers: true })
      if (!result.ok) throw new Error(result.error.message)
      expect(result.value.source).toBe('valhalla')
      expect(result.value.legs).toHaveLength(2)
      expect(result.value.geometry.length).toBeGreaterThan(20)
      expect(result.value.maneuvers.at(-1)!.beginIndex).toBe(result.value.geometry.length - 1)
    }
  })

  it('says by a straight line that no road leads there', async () => {
    expect(await router.route('car', [CASINO, { lat: 43, lon: 8 }])).toMatchObject({
      ok: true,
      value: { source: 'straight_line' },
    })
  })

  it('calibrates travel fields so that they agree with the routes people see', async () => {
    const calibration = await calibrate(router, graph, 1)
    if (!calibration.ok) throw new Error(calibration.error.kind)
    expect(readCalibration(JSON.parse(JSON.stringify(calibration.value)))).toEqual(calibration.value)
    const error = await measureTravelError(router, graph, { pairs: 300, seed: 7, calibration: calibration.value })
    if (!error.ok) throw new Error(error.error.kind)
    expect(error.value.pairs).toBeGreaterThan(280)
    expect(error.value.medianPct).toBeLessThan(12)
    expect(Math.abs(error.value.biasPct)).toBeLessThan(5)
  }, 60_000)
})

describe('measuring without an engine', () => {
  it('says so rather than calibrating to straight lines', async () => {
    const router = createRouter({ valhallaDir: null, log: { info() {}, warn() {}, error() {} } })
    const refs = Array.from({ length: 40 }, (_, i) => i)
    const place = (id: number) => ({ lat: 38 + id / 1000, lon: -122 })
    const ways = [{ id: 1, refs, tags: { highway: 'residential' } }]
    const graph = buildStreetGraph({ bounds: [-122, 38, -121, 39], place, nodes: [], ways, relations: [] })
    expect(await calibrate(router, graph, 1)).toEqual({ ok: false, error: { kind: 'no_engine' } })
  })
})
