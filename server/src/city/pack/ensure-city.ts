import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CITY_DEFAULTS, generateCity, writeOsmPbf } from '../generate/index.ts'
import { type BuildOptions, buildCityPack } from './build-city-pack.ts'
import { type CityPack, openCityPack } from './open-city-pack.ts'
import { CityPackError } from './pack-error.ts'
import { packFolder, packsFolder, sha256Of } from './pack-files.ts'
import { nameOf } from './pack-name.ts'

type OnProgress = BuildOptions['onProgress']

/** Rises when the generator draws another town from the same seed: the default city is then made anew. */
const GENERATOR_VERSION = 1

/** Opens the default city; makes it first where there is none yet, which takes seconds. */
export async function ensureDefaultCity(dataFolder: string, onProgress?: OnProgress): Promise<CityPack> {
  const { name: title, timeZone, currency, country, seed } = CITY_DEFAULTS
  const name = nameOf({ name: title, file: title })
  const fingerprint = `generator ${GENERATOR_VERSION}, seed ${seed}`
  const built = await openIfSame(dataFolder, name, fingerprint)
  if (built) return built
  const folder = await mkdtemp(join(tmpdir(), 'doorstep-city-'))
  const file = join(folder, `${name}.osm.pbf`)
  try {
    const startedMs = performance.now()
    const city = generateCity({ seed })
    await writeOsmPbf(file, city)
    const seconds = (performance.now() - startedMs) / 1000
    onProgress?.({ step: 'generate', seconds, detail: `${city.ways.length} ways` })
    return await buildCityPack({
      dataFolder,
      file,
      fingerprint,
      name,
      title,
      timeZone,
      currency,
      country,
      generated: true,
      onProgress,
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Opens the pack of an `.osm.pbf`; builds it first unless one of the same content and options is there. */
export async function addCity(options: Omit<BuildOptions, 'fingerprint'>): Promise<CityPack> {
  if (!existsSync(options.file)) throw new CityPackError('not_found', `There is no file ${options.file}.`)
  const { timeZone, currency, country, title, routingOnly } = options
  const fingerprint = `${await sha256Of(options.file)} ${JSON.stringify({ timeZone, currency, country, title, routingOnly })}`
  return (await openIfSame(options.dataFolder, nameOf(options), fingerprint)) ?? buildCityPack({ ...options, fingerprint })
}

/** Opens a city by the name of its pack or by its `.osm.pbf`, which is imported first where that is needed. */
export async function ensureCity(dataFolder: string, nameOrFile: string, onProgress?: OnProgress): Promise<CityPack> {
  if (/\.pbf$/i.test(nameOrFile)) return addCity({ dataFolder, file: nameOrFile, onProgress })
  const folder = packFolder(dataFolder, nameOf({ name: nameOrFile, file: nameOrFile }))
  if (existsSync(folder)) return openCityPack(folder)
  if (nameOf({ name: nameOrFile, file: '' }) === nameOf({ name: CITY_DEFAULTS.name, file: '' }))
    return ensureDefaultCity(dataFolder, onProgress)
  const known = (await listCities(dataFolder)).map(({ manifest }) => manifest.name)
  throw new CityPackError(
    'not_found',
    `There is no city "${nameOrFile}"${known.length > 0 ? `; there are ${known.join(', ')}` : ''}. Add one: npm run city -- add <file.osm.pbf>`,
  )
}

/** All packs that can be opened, by name. */
export async function listCities(dataFolder: string): Promise<CityPack[]> {
  const parent = packsFolder(dataFolder)
  if (!existsSync(parent)) return []
  const names = (await readdir(parent)).filter((name) => !name.startsWith('.')).sort()
  const packs = await Promise.all(names.map((name) => openOrNull(packFolder(dataFolder, name))))
  return packs.filter((pack) => pack !== null)
}

/** Deletes a pack; throws where there is none of that name. */
export async function removeCity(dataFolder: string, name: string): Promise<void> {
  const folder = packFolder(dataFolder, nameOf({ name, file: name }))
  if (!existsSync(folder)) throw new CityPackError('not_found', `There is no city "${name}".`)
  await rm(folder, { recursive: true })
}

async function openIfSame(dataFolder: string, name: string, fingerprint: string): Promise<CityPack | null> {
  const pack = await openOrNull(packFolder(dataFolder, name))
  return pack?.manifest.source.fingerprint === fingerprint ? pack : null
}

/** Null for what is no pack of this version; anything else that goes wrong is thrown. */
async function openOrNull(folder: string): Promise<CityPack | null> {
  try {
    return await openCityPack(folder)
  } catch (error) {
    if (error instanceof CityPackError) return null
    throw error
  }
}
