import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Bounds } from '@doorstep/shared/domain'
import type { Address } from '../addresses/address.ts'
import { findAddresses } from '../addresses/find-addresses.ts'
import { encodeAddresses } from '../addresses/store-addresses.ts'
import { buildBasemap } from '../basemap/build-basemap.ts'
import { namedStreets } from '../geometry/named-streets.ts'
import { type CityMerchant, findMerchants } from '../merchants/find-merchants.ts'
import { type OsmExtract, readExtract } from '../read-extract.ts'
import { buildStreetGraph, encodeStreetGraph, isEmptyGraph, type StreetGraph } from '../street-graph.ts'
import { buildValhallaTiles } from '../valhalla-tiles.ts'
import { type CityCounts, type CityManifest, IMPORTER_VERSION } from './manifest.ts'
import { type CityPack, openCityPack } from './open-city-pack.ts'
import { CityPackError } from './pack-error.ts'
import { inPlaceOf, PACK_FILES, packFolder } from './pack-files.ts'
import { nameOf, titleOf } from './pack-name.ts'
import { customsOf, isCurrency, isTimeZone, type PlaceCustoms } from './place-customs.ts'
import { middleOf, zoneOf } from './zone.ts'

/** A step of a build that is over. */
export interface BuildStep {
  step: string
  seconds: number
  /** What it found or made, in a few words. */
  detail: string
}

/** What a pack is made from, and what is known better than the extract says it. */
export interface BuildOptions {
  /** The server's data folder (`.doorstep`): the pack goes to `city/<name>` in it. */
  dataFolder: string
  /** The `.osm.pbf`. */
  file: string
  /** Says what the file holds, so that a later start knows whether to build again. */
  fingerprint: string
  /** Folder name; made from the file's name when left out. */
  name?: string | undefined
  title?: string | undefined
  timeZone?: string | undefined
  currency?: string | undefined
  country?: string | undefined
  /** Builds only what routing needs, for an extract that has streets and nothing else. */
  routingOnly?: boolean | undefined
  /** The extract is of a town that does not exist; its data goes on beyond its bounds. */
  generated?: boolean | undefined
  onProgress?: ((step: BuildStep) => void) | undefined
}

/** The fewest places that make a city to order in. */
const LEAST = { merchants: 3, addresses: 20 } as const
const ATTRIBUTION = '© OpenStreetMap contributors'
const GENERATED_ATTRIBUTION = 'Generated demo town, map schema © OpenStreetMap contributors'
/** How far beyond the bounds ground is drawn, as a share of their size: a map can be dragged a little out of the city. */
const DRAWN_BEYOND = 0.2

/**
 * Builds a city pack, all or nothing, in place of one of the same name. Throws `ExtractError` for a file that cannot be
 * read and `CityPackError` for one that lacks what a city needs.
 */
export async function buildCityPack(options: BuildOptions): Promise<CityPack> {
  const name = nameOf(options)
  checkCustoms(options)
  const timed = stepTimer(options.onProgress)
  const extract = await timed(
    'read',
    () => readExtract(options.file),
    (x) => `${x.ways.length} ways, ${x.nodes.length} tagged nodes`,
  )
  const [west, south, east, north] = extract.bounds
  const customs = customsOf({ lat: (south + north) / 2, lon: (west + east) / 2 }, options)
  const folder = packFolder(options.dataFolder, name)
  await inPlaceOf(folder, async (temporary) => {
    const manifest = await buildInto(temporary, { ...options, name }, extract, customs, timed)
    await writeFile(join(temporary, PACK_FILES.manifest), `${JSON.stringify(manifest, null, 2)}\n`)
  })
  return openCityPack(folder)
}

function checkCustoms({ timeZone, currency }: BuildOptions): void {
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new CityPackError('bad_option', `"${timeZone}" is not a time zone; use a name like Europe/Lisbon.`)
  }
  if (currency !== undefined && !isCurrency(currency)) {
    throw new CityPackError('bad_option', `"${currency}" is not a currency; use a code like EUR.`)
  }
}

type Timed = <T>(step: string, work: () => T | Promise<T>, detail: (done: T) => string) => Promise<T>

function stepTimer(onProgress: BuildOptions['onProgress']): Timed {
  return async (step, work, detail) => {
    const startedMs = performance.now()
    const done = await work()
    onProgress?.({ step, seconds: (performance.now() - startedMs) / 1000, detail: detail(done) })
    return done
  }
}

async function buildInto(
  folder: string,
  options: BuildOptions & { name: string },
  extract: OsmExtract,
  customs: PlaceCustoms,
  timed: Timed,
): Promise<CityManifest> {
  const graph = await timed(
    'streets',
    () => buildStreetGraph(extract),
    (g) => `${g.lat.length} junctions, ${g.head.length} edges`,
  )
  if (isEmptyGraph(graph)) {
    throw new CityPackError('lacks_streets', `${options.file} has no street that anybody could ride; a city needs streets.`)
  }
  await writeFile(join(folder, PACK_FILES.graph), encodeStreetGraph(graph))
  const places = options.routingOnly ? { merchants: [], addresses: [] } : await findPlaces(extract, options, customs, timed)
  // Valhalla builds in a process of its own while the map is drawn in this one.
  const tiles = timed(
    'routing tiles',
    () => buildTiles(options.file, folder),
    (has) => (has ? 'Valhalla' : 'not on this machine'),
  )
  tiles.catch(() => {})
  const map = options.routingOnly ? null : await drawMap(folder, options, extract, timed)
  const hasTiles = await tiles
  if (!options.routingOnly) await storePlaces(folder, places)
  return manifestOf(options, extract, customs, graph, places, { hasTiles, mapTiles: map?.tiles ?? 0 })
}

interface Places {
  merchants: CityMerchant[]
  addresses: Address[]
}

async function findPlaces(extract: OsmExtract, options: BuildOptions, customs: PlaceCustoms, timed: Timed): Promise<Places> {
  const { bounds } = extract
  const { country } = customs
  if (customs.currency === null) {
    throw new CityPackError('bad_option', `There is no currency known for ${customs.timeZone}; name it with --currency.`)
  }
  const place = { bounds, country, currency: customs.currency }
  const merchants = await timed(
    'merchants',
    () => findMerchants(extract, place),
    (m) => `${m.length}`,
  )
  const addresses = await timed(
    'addresses',
    () => findAddresses(extract, bounds),
    (a) => `${a.length}`,
  )
  if (merchants.length < LEAST.merchants || addresses.length < LEAST.addresses) {
    throw new CityPackError(
      'lacks_places',
      `${options.file} has ${merchants.length} merchants and ${addresses.length} addresses; a city needs at least ` +
        `${LEAST.merchants} and ${LEAST.addresses}. It can still be used for routing: add --routing-only.`,
    )
  }
  return { merchants, addresses }
}

async function buildTiles(file: string, folder: string): Promise<boolean> {
  const built = await buildValhallaTiles(file, join(folder, PACK_FILES.valhalla))
  if (built.ok) return true
  if (built.error.kind === 'unsupported_platform') return false
  throw new CityPackError('tiles_failed', `Valhalla could not build its tiles from ${file}: ${built.error.message}`)
}

function drawMap(folder: string, options: BuildOptions & { name: string }, extract: OsmExtract, timed: Timed) {
  const drawn = widened(extract.bounds)
  // A generated town has countryside beyond its bounds; beyond those of a real extract there are only loose ends.
  const bounds = options.generated ? drawn : extract.bounds
  const saying = { name: titleOf(options, extract), attribution: attributionOf(options) }
  const file = join(folder, PACK_FILES.basemap)
  const detail = ({ tiles, bytes }: { tiles: number; bytes: number }) => `${tiles} tiles, ${(bytes / 1e6).toFixed(1)} MB`
  return timed('map', () => buildBasemap(extract, file, { bounds, drawn, ...saying }), detail)
}

function widened([west, south, east, north]: Bounds): Bounds {
  const [x, y] = [(east - west) * DRAWN_BEYOND, (north - south) * DRAWN_BEYOND]
  return [Math.max(-180, west - x), Math.max(-85, south - y), Math.min(180, east + x), Math.min(85, north + y)]
}

const attributionOf = ({ generated }: BuildOptions) => (generated ? GENERATED_ATTRIBUTION : ATTRIBUTION)

async function storePlaces(folder: string, { merchants, addresses }: Places): Promise<void> {
  await writeFile(join(folder, PACK_FILES.merchants), JSON.stringify(merchants))
  await writeFile(join(folder, PACK_FILES.addresses), encodeAddresses(addresses))
}

function manifestOf(
  options: BuildOptions & { name: string },
  extract: OsmExtract,
  { timeZone, currency, country, locale }: PlaceCustoms,
  graph: StreetGraph,
  { merchants, addresses }: Places,
  made: { hasTiles: boolean; mapTiles: number },
): CityManifest {
  const { bounds } = extract
  const places = [...addresses, ...merchants.map(({ position }) => position)]
  const streets = namedStreets(extract, bounds)
  const known = places.length > 0 ? places : streets.map(({ line }) => ({ lon: line[0]![0], lat: line[0]![1] }))
  const counts: CityCounts = {
    streets: new Set(streets.map(({ name }) => name)).size,
    addresses: addresses.length,
    approximateAddresses: addresses.filter(({ approximate }) => approximate).length,
    merchants: merchants.length,
    merchantsWithHours: merchants.filter(({ openingHours }) => openingHours !== null).length,
    graphVertices: graph.lat.length,
    graphEdges: graph.head.length,
    mapTiles: made.mapTiles,
  }
  return {
    importerVersion: IMPORTER_VERSION,
    name: options.name,
    title: titleOf(options, extract),
    bounds,
    centre: middleOf(known),
    timeZone,
    currency: currency ?? 'EUR',
    country,
    locale,
    zone: zoneOf(known, bounds),
    attribution: attributionOf(options),
    isGenerated: options.generated ?? false,
    isRoutingOnly: options.routingOnly ?? false,
    hasTiles: made.hasTiles,
    source: { file: basename(options.file), fingerprint: options.fingerprint },
    counts,
  }
}
