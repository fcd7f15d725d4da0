import type { Vehicle } from '@doorstep/shared/domain'
import type { TravelTime } from '../planner/index.ts'

/** Beyond so many places a table of all their pairs costs more than it saves. */
const MOST_PLACES = 400
const UNKNOWN = -1

/** The same travel times, each read from its field once: a search asks for the same few thousands over and over. */
export function rememberTravel(travelS: TravelTime, places: number): TravelTime {
  if (places > MOST_PLACES) return travelS
  const tables = new Map<Vehicle, Float64Array>()
  return (vehicle, from, to) => {
    const known = tables.get(vehicle)
    const table = known ?? new Float64Array(places * places).fill(UNKNOWN)
    if (!known) tables.set(vehicle, table)
    const pair = from * places + to
    if (table[pair] === UNKNOWN) table[pair] = travelS(vehicle, from, to)
    return table[pair]!
  }
}
