import type { OsmTags } from '../read-extract.ts'
import type { MapLayer } from './map-feature.ts'

/** What an area is on the map. */
export interface AreaKind {
  layer: MapLayer & ('landuse' | 'water' | 'buildings')
  kind: string
  /** Area in square metres from which it shows at zoom 10; smaller ones show later, a zoom for each quarter. */
  seenFromM2: number
}

const LANDUSE: Record<string, Record<string, string>> = {
  aeroway: { aerodrome: 'aerodrome', runway: 'runway', taxiway: 'taxiway' },
  leisure: {
    park: 'park',
    garden: 'park',
    golf_course: 'golf_course',
    nature_reserve: 'nature_reserve',
    playground: 'playground',
    pitch: 'grass',
    common: 'park',
    dog_park: 'park',
  },
  tourism: { zoo: 'zoo', theme_park: 'zoo' },
  amenity: {
    hospital: 'hospital',
    clinic: 'hospital',
    school: 'school',
    kindergarten: 'school',
    college: 'college',
    university: 'university',
    grave_yard: 'cemetery',
  },
  landuse: {
    forest: 'forest',
    grass: 'grass',
    meadow: 'grassland',
    village_green: 'village_green',
    allotments: 'allotments',
    orchard: 'scrub',
    vineyard: 'scrub',
    cemetery: 'cemetery',
    recreation_ground: 'park',
    flowerbed: 'grass',
    industrial: 'industrial',
    port: 'industrial',
    railway: 'industrial',
    military: 'military',
    education: 'school',
  },
  natural: {
    wood: 'wood',
    scrub: 'scrub',
    heath: 'scrub',
    grassland: 'grassland',
    fell: 'grassland',
    sand: 'sand',
    dune: 'sand',
    beach: 'beach',
    shingle: 'beach',
    glacier: 'glacier',
  },
  place: { square: 'pedestrian' },
  man_made: { pier: 'pier', breakwater: 'pier', groyne: 'pier' },
  waterway: { dam: 'dam' },
}
const WALKED = new Set(['pedestrian', 'footway', 'path', 'living_street'])
const WATERS = new Set(['river', 'lake', 'pond', 'reservoir', 'basin', 'canal', 'lagoon', 'oxbow', 'moat', 'stream'])
const STILL_WATERS = new Set(['reservoir', 'basin'])

/** What an area's tags make it on the map; null for what is not drawn. */
export function areaKind(tags: OsmTags): AreaKind | null {
  const water = waterKind(tags)
  if (water !== null) return { layer: 'water', kind: water, seenFromM2: 40_000 }
  const building = tags['building']
  if (building !== undefined && building !== 'no' && !isHidden(tags))
    return { layer: 'buildings', kind: 'building', seenFromM2: 150_000 }
  const kind = landuseKind(tags)
  return kind === null ? null : { layer: 'landuse', kind, seenFromM2: 60_000 }
}

const isHidden = (tags: OsmTags) => tags['location'] === 'underground' || tags['building'] === 'underground'

function waterKind(tags: OsmTags): string | null {
  if (tags['natural'] === 'water') {
    const kind = tags['water'] ?? 'water'
    return WATERS.has(kind) ? kind : 'water'
  }
  if (tags['waterway'] === 'riverbank') return 'river'
  if (tags['waterway'] === 'dock') return 'water'
  if (STILL_WATERS.has(tags['landuse'] ?? '')) return tags['landuse']!
  return null
}

function landuseKind(tags: OsmTags): string | null {
  for (const [key, kinds] of Object.entries(LANDUSE)) {
    const kind = kinds[tags[key] ?? '']
    if (kind !== undefined) return kind
  }
  return WALKED.has(tags['highway'] ?? '') && tags['area'] !== 'no' && isSurface(tags) ? 'pedestrian' : null
}

/** A closed footpath is a loop unless it says that it is an area. */
const isSurface = (tags: OsmTags) => tags['area'] === 'yes' || tags['type'] === 'multipolygon'
