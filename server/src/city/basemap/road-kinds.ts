import type { OsmTags } from '../read-extract.ts'

/** How a line is drawn: its kind in the Protomaps schema and the zoom from which it shows. */
export interface LineKind {
  kind: string
  detail: string
  minZoom: number
  isLink?: true
}

const HIGHWAYS: Record<string, readonly [kind: string, minZoom: number]> = {
  motorway: ['highway', 3],
  trunk: ['major_road', 6],
  primary: ['major_road', 7],
  secondary: ['major_road', 9],
  tertiary: ['major_road', 11],
  residential: ['minor_road', 12],
  unclassified: ['minor_road', 12],
  road: ['minor_road', 12],
  living_street: ['minor_road', 12],
  service: ['minor_road', 14],
  pedestrian: ['path', 13],
  track: ['path', 13],
  path: ['path', 14],
  cycleway: ['path', 14],
  bridleway: ['path', 14],
  footway: ['path', 14],
  steps: ['path', 14],
}
/** Beside every street of a well mapped city: they hide the street instead of showing it. */
const BESIDE_STREETS = new Set(['sidewalk', 'crossing', 'traffic_island', 'access_aisle'])
const IN_YARDS = new Set(['driveway', 'parking_aisle', 'drive-through', 'emergency_access'])
const RAILS = new Set(['rail', 'light_rail', 'narrow_gauge', 'funicular', 'monorail', 'tram', 'subway'])

/** What a way's tags make it on the map; null for what is not drawn. */
export function lineKind(tags: OsmTags): LineKind | null {
  const { highway, railway, aeroway } = tags as Partial<Record<string, string>>
  if (highway !== undefined) return tags['area'] === 'yes' ? null : streetKind(highway, tags)
  if (railway !== undefined) return railKind(railway, tags)
  if (aeroway === 'runway' || aeroway === 'taxiway') return { kind: 'aeroway', detail: aeroway, minZoom: 10 }
  if (tags['man_made'] === 'pier' && tags['area'] !== 'yes') return { kind: 'path', detail: 'pier', minZoom: 13 }
  return null
}

function streetKind(highway: string, tags: OsmTags): LineKind | null {
  const isLink = highway.endsWith('_link')
  const detail = isLink ? highway.slice(0, -'_link'.length) : highway
  const found = HIGHWAYS[detail]
  if (!found || BESIDE_STREETS.has(tags['footway'] ?? '') || tags['indoor'] === 'yes') return null
  if (detail === 'service' && IN_YARDS.has(tags['service'] ?? '')) return { kind: 'minor_road', detail, minZoom: 15 }
  const [kind, minZoom] = found
  return isLink ? { kind, detail: highway, minZoom: Math.max(minZoom, 11), isLink } : { kind, detail, minZoom }
}

function railKind(railway: string, tags: OsmTags): LineKind | null {
  if (!RAILS.has(railway) || isUnderground(tags)) return null
  const isSiding = tags['service'] !== undefined
  const inStreet = railway === 'tram' || railway === 'subway' || railway === 'light_rail'
  return { kind: 'rail', detail: railway, minZoom: isSiding ? 15 : inStreet ? 14 : 11 }
}

/** Whether a way runs below the surface. */
export const isUnderground = (tags: OsmTags): boolean => isYes(tags['tunnel']) || tags['covered'] === 'yes'

/** Whether a way runs over a bridge. */
export const isBridge = (tags: OsmTags): boolean => isYes(tags['bridge'])

const isYes = (value: string | undefined) => value !== undefined && value !== 'no'
