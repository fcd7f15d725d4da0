import { type Bounds, distanceM, type LatLon } from '@doorstep/shared/domain'
import { formatAddress } from '../addresses/format-address.ts'
import { namedStreets, streetFinder } from '../geometry/named-streets.ts'
import { centroid, inBounds } from '../geometry/plane.ts'
import { areasOf } from '../geometry/shapes.ts'
import type { OsmExtract, OsmTags } from '../read-extract.ts'
import { categoryOf, type MerchantCategory } from './category.ts'
import { type DemoMenu, generateMenu } from './generate-menu.ts'
import { readOpeningHours } from './read-opening-hours.ts'

/** A merchant of the city: the place is real (or of the generated town), the menu is made up. */
export interface CityMerchant {
  /** The OpenStreetMap element it was made from, for instance `node/123`. */
  source: string
  name: string
  category: MerchantCategory
  position: LatLon
  /** Street and number, or the street it lies on. */
  address: string
  /** OpenStreetMap opening_hours; null where none that can be read is tagged. */
  openingHours: string | null
  menu: DemoMenu
}

/** Where a pack is, as far as merchants and addresses depend on it. */
export interface CityPlace {
  bounds: Bounds
  currency: string
  /** ISO 3166 code. */
  country: string
}

interface Found {
  source: string
  tags: OsmTags
  position: LatLon
}

/** A shop mapped twice, as a building and as a point in it, is one shop. */
const SAME_WITHIN_M = 60

/** Finds every named place of an extract that could deliver. */
export function findMerchants(extract: OsmExtract, { bounds, currency, country }: CityPlace): CityMerchant[] {
  const streetAt = streetFinder(namedStreets(extract, bounds), bounds)
  const seen = new Map<string, LatLon[]>()
  const merchants: CityMerchant[] = []
  for (const { source, tags, position } of candidates(extract, bounds)) {
    const name = tags['name']!
    const category = categoryOf(tags)!
    const twins = seen.get(name) ?? []
    if (twins.some((twin) => distanceM(twin, position) < SAME_WITHIN_M)) continue
    seen.set(name, [...twins, position])
    const street = tags['addr:street'] ?? tags['addr:place'] ?? streetAt(position)?.name ?? ''
    merchants.push({
      source,
      name,
      category,
      position,
      address: formatAddress(street, tags['addr:street'] === undefined ? undefined : tags['addr:housenumber'], country),
      openingHours: readOpeningHours(tags['opening_hours'], position, country),
      menu: generateMenu(source, category, currency),
    })
  }
  return merchants
}

function* candidates(extract: OsmExtract, bounds: Bounds): Generator<Found> {
  for (const { id, lat, lon, tags } of extract.nodes) {
    if (isMerchant(tags) && inBounds(bounds, { lat, lon })) yield { source: `node/${id}`, tags, position: { lat, lon } }
  }
  for (const { id, tags, polygons } of areasOf(extract, bounds, isMerchant)) {
    const [lon, lat] = centroid(polygons[0]![0]!)
    yield { source: id, tags, position: { lat, lon } }
  }
}

const CLOSED_TO_ALL = new Set(['private', 'no', 'members'])

const isMerchant = (tags: OsmTags) =>
  tags['name'] !== undefined && categoryOf(tags) !== null && !CLOSED_TO_ALL.has(tags['access'] ?? '')
