import type { Bounds, LatLon } from '@doorstep/shared/domain'
import Flatbush from 'flatbush'
import type { OsmExtract, OsmTags } from '../read-extract.ts'
import { inBounds, METRES_PER_DEGREE, metresPerLon, type Position } from './plane.ts'
import { lineOf } from './shapes.ts'

/** A street with a name, one way of it. */
export interface NamedStreet {
  name: string
  highway: string
  line: Position[]
}

/** Ways on which nobody has a front door. */
const WITHOUT_DOORS = /^(motorway|trunk)|_link$|^(proposed|construction|platform|rest_area|services|raceway|corridor|elevator)$/

/** Streets people live and trade on. */
export function namedStreets(extract: OsmExtract, bounds: Bounds): NamedStreet[] {
  return extract.ways.flatMap(({ tags, refs }) => {
    const { name, highway } = tags as Partial<OsmTags>
    if (name === undefined || highway === undefined || WITHOUT_DOORS.test(highway)) return []
    const line = lineOf(extract, refs)
    const isHere = line.some(([lon, lat]) => inBounds(bounds, { lat, lon }))
    return line.length > 1 && isHere ? [{ name, highway, line }] : []
  })
}

const CANDIDATES = 8

/** Finds the street that a place without an address lies on. */
export function streetFinder(streets: readonly NamedStreet[], bounds: Bounds): (place: LatLon) => NamedStreet | null {
  const scale = metresPerLon((bounds[1] + bounds[3]) / 2) / METRES_PER_DEGREE
  const plane = ([lon, lat]: Position): Position => [lon * scale, lat]
  const parts = streets.flatMap((street) =>
    street.line.slice(1).map((to, i) => ({ street, from: plane(street.line[i]!), to: plane(to) })),
  )
  if (parts.length === 0) return () => null
  const index = new Flatbush(parts.length)
  for (const { from, to } of parts) {
    index.add(Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1]))
  }
  index.finish()
  return ({ lat, lon }) => {
    const at = plane([lon, lat])
    const near = index.neighbors(at[0], at[1], CANDIDATES).map((i) => parts[i]!)
    const best = near.reduce((a, b) => (gapTo(b, at) < gapTo(a, at) ? b : a))
    return best.street
  }
}

function gapTo({ from, to }: { from: Position; to: Position }, [x, y]: Position): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / length2))
  return Math.hypot(from[0] + t * dx - x, from[1] + t * dy - y)
}
