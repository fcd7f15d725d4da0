import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isInside } from '@doorstep/shared/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GeneratedCity, writeOsmPbf } from '../generate/index.ts'
import { addCity, ensureCity, listCities, removeCity } from './ensure-city.ts'

const data = process.env['DOORSTEP_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data')
const monaco = join(data, 'osm/monaco.osm.pbf')
if (!existsSync(monaco)) {
  if (process.env['CI'] === 'true') throw new Error(`${monaco} is missing: set DOORSTEP_DATA`)
  process.stderr.write(`SKIPPED: the import of a real extract, because there is no ${monaco} (set DOORSTEP_DATA)\n`)
}

let dataFolder = ''
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'doorstep-packs-'))
})
afterAll(() => rm(dataFolder, { recursive: true, force: true }))
const inCity = () => readdir(join(dataFolder, 'city')).catch(() => [])

/** One street and nothing else. */
const HAMLET: GeneratedCity = {
  name: 'Hamlet',
  bounds: [-8, 40, -7.99, 40.01],
  nodes: [
    { id: 1, lat: 40.001, lon: -7.999 },
    { id: 2, lat: 40.002, lon: -7.998 },
  ],
  ways: [{ id: 1, refs: [1, 2], tags: { highway: 'residential' } }],
  relations: [],
}

test('a broken file leaves nothing', async () => {
  const file = join(dataFolder, 'noise.osm.pbf')
  await writeFile(file, 'this is no map')
  await expect(addCity({ dataFolder, file })).rejects.toMatchObject({ name: 'ExtractError', kind: 'not_osm_pbf' })
  expect(await inCity()).toEqual([])
})

test('a file of streets alone is refused with what it lacks, and leaves nothing', async () => {
  const file = join(dataFolder, 'hamlet.osm.pbf')
  await writeOsmPbf(file, HAMLET)
  await expect(addCity({ dataFolder, file })).rejects.toThrow(/0 merchants and 0 addresses.*--routing-only/)
  expect(await inCity()).toEqual([])
})

test('a file that broke off on its way is named as damaged', async () => {
  const whole = join(dataFolder, 'hamlet.osm.pbf')
  await writeOsmPbf(whole, HAMLET)
  const file = join(dataFolder, 'cut.osm.pbf')
  await writeFile(file, (await readFile(whole)).subarray(0, -20))
  await expect(addCity({ dataFolder, file })).rejects.toMatchObject({ kind: 'damaged' })
})

test('an unknown time zone, currency or city is refused', async () => {
  const file = join(dataFolder, 'hamlet.osm.pbf')
  await writeOsmPbf(file, HAMLET)
  await expect(addCity({ dataFolder, file, timeZone: 'Mars/Base' })).rejects.toThrow(/not a time zone/)
  await expect(addCity({ dataFolder, file, currency: 'EURO' })).rejects.toThrow(/not a currency/)
  await expect(ensureCity(dataFolder, 'nowhere')).rejects.toThrow(/There is no city "nowhere"/)
})

test.skipIf(!existsSync(monaco))('a real extract becomes a city, once', { timeout: 60_000 }, async () => {
  const steps: string[] = []
  const onProgress = ({ step }: { step: string }) => void steps.push(step)
  const pack = await ensureCity(dataFolder, monaco, onProgress)
  const { manifest } = pack
  expect(manifest).toMatchObject({ title: 'Monaco', timeZone: 'Europe/Monaco', currency: 'EUR', country: 'MC', locale: 'fr-MC' })
  expect(manifest.counts.merchants).toBeGreaterThan(100)
  const merchants = await pack.merchants()
  const { addresses } = await pack.addresses()
  expect(merchants.filter(({ position }) => !isInside(position, manifest.zone))).toEqual([])
  expect(addresses.filter((address) => !isInside(address, manifest.zone)).length / addresses.length).toBeLessThan(0.02)
  for (const file of [pack.basemapFile, pack.graphFile]) expect(existsSync(file)).toBe(true)
  expect(steps).toContain('map')
  steps.length = 0
  await ensureCity(dataFolder, monaco, onProgress)
  expect(steps).toEqual([])
  expect((await listCities(dataFolder)).map((city) => city.manifest.name)).toEqual(['monaco'])
  await removeCity(dataFolder, 'monaco')
  expect(await inCity()).toEqual([])
})
