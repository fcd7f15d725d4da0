import type { Bounds, LatLon } from '@doorstep/shared/domain'
import type { NamedStreet } from '../geometry/named-streets.ts'
import { inBounds, METRES_PER_DEGREE, metresPerLon, type Position } from '../geometry/plane.ts'
import type { Address } from './address.ts'

/** Metres between two doors on one side of a street, and from the middle of the street to a door. */
const DOOR_EVERY_M = 18
const DOOR_ASIDE_M = 8

/** Ways people live on; a footpath with a name seldom has doors. */
const LIVED_ON = new Set(['residential', 'living_street', 'pedestrian', 'unclassified', 'tertiary', 'secondary', 'primary'])

/** Lays doors along streets, odd numbers on the left and even ones on the right, running on from way to way. */
export function layAddresses(streets: readonly NamedStreet[], bounds: Bounds, cityAt: (place: LatLon) => string): Address[] {
  const doorsOf = new Map<string, number>()
  const addresses: Address[] = []
  for (const { name, highway, line } of streets) {
    if (!LIVED_ON.has(highway)) continue
    const city = cityAt({ lon: line[0]![0], lat: line[0]![1] })
    let door = doorsOf.get(name) ?? 0
    for (const [left, right] of doorsAlong(line)) {
      for (const [place, number] of [[left, door * 2 + 1] as const, [right, door * 2 + 2] as const]) {
        if (!inBounds(bounds, place)) continue
        addresses.push({ ...place, street: name, number: String(number), city, postcode: '', approximate: true })
      }
      door++
    }
    doorsOf.set(name, door)
  }
  return addresses
}

function* doorsAlong(line: readonly Position[]): Generator<[left: LatLon, right: LatLon]> {
  let walked = 0
  let next = DOOR_EVERY_M / 2
  for (let i = 1; i < line.length; i++) {
    const [[x0, y0], [x1, y1]] = [line[i - 1]!, line[i]!]
    const perLon = metresPerLon(y0)
    const [dx, dy] = [(x1 - x0) * perLon, (y1 - y0) * METRES_PER_DEGREE]
    const length = Math.hypot(dx, dy)
    for (; next <= walked + length; next += DOOR_EVERY_M) {
      const t = (next - walked) / length
      const aside = (side: 1 | -1): LatLon => ({
        lon: x0 + t * (x1 - x0) - (side * DOOR_ASIDE_M * dy) / length / perLon,
        lat: y0 + t * (y1 - y0) + (side * DOOR_ASIDE_M * dx) / length / METRES_PER_DEGREE,
      })
      yield [aside(1), aside(-1)]
    }
    walked += length
  }
}
