import { type Bounds, distanceM, type LatLon } from '@doorstep/shared/domain'
import { namedStreets } from '../geometry/named-streets.ts'
import { centroid, inBounds, lengthM } from '../geometry/plane.ts'
import { areasOf } from '../geometry/shapes.ts'
import type { OsmExtract, OsmTags } from '../read-extract.ts'
import type { Address } from './address.ts'
import { layAddresses } from './lay-addresses.ts'

/** Fewer surveyed doors than this on a kilometre of named streets is too thin a map to order from. */
const ENOUGH_PER_KM = 20

/** Finds the doors of an extract; where it knows few, lays approximate ones along the streets that have none. */
export function findAddresses(extract: OsmExtract, bounds: Bounds): Address[] {
  const cityAt = cityFinder(extract)
  const surveyed = surveyedAddresses(extract, bounds, cityAt)
  const streets = namedStreets(extract, bounds)
  const km = streets.reduce((sum, { line }) => sum + lengthM(line), 0) / 1000
  if (surveyed.length >= ENOUGH_PER_KM * km) return surveyed
  const known = new Set(surveyed.map(({ street }) => street))
  return [
    ...surveyed,
    ...layAddresses(
      streets.filter(({ name }) => !known.has(name)),
      bounds,
      cityAt,
    ),
  ]
}

function surveyedAddresses(extract: OsmExtract, bounds: Bounds, cityAt: (place: LatLon) => string): Address[] {
  const addresses = new Map<string, Address>()
  const add = (tags: OsmTags, place: LatLon) => {
    const street = tags['addr:street'] ?? tags['addr:place']
    if (street === undefined || !inBounds(bounds, place)) return
    for (const number of tags['addr:housenumber']!.split(';').map((n) => n.trim())) {
      const city = tags['addr:city'] ?? cityAt(place)
      // Ten shops in one house are one door.
      const key = `${street}\n${number}\n${tags['addr:postcode'] ?? ''}`
      if (number !== '' && !addresses.has(key)) {
        const { lat, lon } = place
        addresses.set(key, { lat, lon, street, number, city, postcode: tags['addr:postcode'] ?? '', approximate: false })
      }
    }
  }
  for (const { tags, lat, lon } of extract.nodes) if (tags['addr:housenumber'] !== undefined) add(tags, { lat, lon })
  for (const { tags, polygons } of areasOf(extract, bounds, (t) => t['addr:housenumber'] !== undefined)) {
    const [lon, lat] = centroid(polygons[0]![0]!)
    add(tags, { lat, lon })
  }
  return [...addresses.values()]
}

const TOWNS = new Set(['city', 'town', 'village', 'hamlet'])

/** The nearest town to a place: addresses seldom say it themselves. */
function cityFinder(extract: OsmExtract): (place: LatLon) => string {
  const towns = extract.nodes.filter(({ tags }) => tags['name'] !== undefined && TOWNS.has(tags['place'] ?? ''))
  if (towns.length === 0) return () => ''
  return (place) => towns.reduce((a, b) => (distanceM(b, place) < distanceM(a, place) ? b : a)).tags['name']!
}
