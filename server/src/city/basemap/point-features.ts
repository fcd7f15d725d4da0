import type { Bounds } from '@doorstep/shared/domain'
import { clipLine } from '../geometry/clip.ts'
import { inBounds } from '../geometry/plane.ts'
import { lineOf, waysOf } from '../geometry/shapes.ts'
import type { OsmExtract, OsmNode, OsmTags } from '../read-extract.ts'
import { labelAt, type MapFeature } from './map-feature.ts'

const LANDMARKS: Record<string, Record<string, string>> = {
  leisure: { park: 'park', garden: 'park', stadium: 'stadium', nature_reserve: 'park', marina: 'marina' },
  railway: { station: 'station' },
  aeroway: { aerodrome: 'aerodrome' },
  amenity: {
    hospital: 'hospital',
    university: 'university',
    college: 'university',
    townhall: 'townhall',
    ferry_terminal: 'ferry_terminal',
  },
  tourism: { museum: 'museum', zoo: 'zoo' },
  natural: { beach: 'beach', peak: 'peak' },
}

/** The places worth a name on a map for dispatch: what people steer by, not every shop. */
export function landmarkOf(tags: OsmTags): string | null {
  if (tags['station'] === 'subway' && tags['railway'] !== 'station') return null
  for (const [key, kinds] of Object.entries(LANDMARKS)) {
    const kind = kinds[tags[key] ?? '']
    if (kind !== undefined) return kind
  }
  return null
}

const PLACES: Record<string, readonly [kind: string, minZoom: number, usualPopulation: number]> = {
  city: ['locality', 4, 300_000],
  town: ['locality', 8, 20_000],
  village: ['locality', 10, 1500],
  hamlet: ['locality', 12, 150],
  borough: ['macrohood', 10, 0],
  suburb: ['macrohood', 11, 0],
  quarter: ['neighbourhood', 12, 0],
  neighbourhood: ['neighbourhood', 13, 0],
}
const SEAS: Record<string, string> = { bay: 'bay', strait: 'strait', fjord: 'fjord' }

/** Names of towns and quarters, bays, islands, landmarks, and the numbers of houses. */
export function pointFeatures(extract: OsmExtract, bounds: Bounds): MapFeature[] {
  return extract.nodes.filter((node) => inBounds(bounds, node)).flatMap((node) => [...labelsOf(node), ...houseNumberOf(node)])
}

function labelsOf({ lat, lon, tags }: OsmNode): MapFeature[] {
  const name = tags['name']
  if (name === undefined) return []
  const at: [number, number] = [lon, lat]
  const place = PLACES[tags['place'] ?? '']
  if (place) {
    const [kind, minZoom, usual] = place
    const rank = populationRank(Number(tags['population']) || usual)
    return [
      labelAt('places', minZoom, at, {
        kind,
        kind_detail: tags['place']!,
        name,
        population_rank: rank,
        sort_key: minZoom * 100 - rank,
      }),
    ]
  }
  if (tags['place'] === 'island' || tags['place'] === 'islet') return [labelAt('earth', 13, at, { kind: 'island', name })]
  if (tags['place'] === 'sea' || tags['place'] === 'ocean') return [labelAt('water', 3, at, { kind: tags['place'], name })]
  const sea = SEAS[tags['natural'] ?? '']
  if (sea !== undefined) return [labelAt('water', 11, at, { kind: sea, name })]
  const landmark = landmarkOf(tags)
  return landmark === null ? [] : [labelAt('pois', landmark === 'park' ? 15 : 14, at, { kind: landmark, name })]
}

const POPULATION_GRADES = [
  200, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8,
]

/** A town's rank as the Protomaps style sizes labels by it: 0 for a hamlet to 17 for the largest. */
const populationRank = (population: number) => POPULATION_GRADES.filter((grade) => population >= grade).length

function houseNumberOf({ lat, lon, tags }: OsmNode): MapFeature[] {
  const number = tags['addr:housenumber']
  if (number === undefined) return []
  return [
    {
      layer: 'buildings',
      minZoom: 15,
      properties: { kind: 'address', addr_housenumber: number },
      geometry: { type: 'Point', coordinates: [lon, lat] },
    },
  ]
}

const COUNTRY = 2
const LOWEST_LEVEL = 6

/** Borders of countries, regions and districts. */
export function boundaryFeatures(extract: OsmExtract, bounds: Bounds): MapFeature[] {
  const levels = new Map<number, number>()
  const borders = extract.relations.filter(({ tags }) => tags['boundary'] === 'administrative' && levelOf(tags) <= LOWEST_LEVEL)
  for (const { tags, members } of borders) {
    for (const { type, ref } of members) if (type === 'way') levels.set(ref, Math.min(levelOf(tags), levels.get(ref) ?? 99))
  }
  return [...waysOf(extract, borders).values()].flatMap((way) => {
    if (way.tags['maritime'] === 'yes' || way.tags['natural'] === 'coastline') return []
    const level = levels.get(way.id)!
    return clipLine(lineOf(extract, way.refs), bounds).map(
      (coordinates): MapFeature => ({
        layer: 'boundaries',
        minZoom: level <= COUNTRY ? 0 : level <= 4 ? 8 : 11,
        properties: { kind: level <= COUNTRY ? 'country' : level <= 4 ? 'region' : 'county', kind_detail: level },
        geometry: { type: 'LineString', coordinates },
      }),
    )
  })
}

const levelOf = (tags: OsmTags) => Number(tags['admin_level']) || 99
