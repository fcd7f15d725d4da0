import { VEHICLES, type Vehicle } from '@doorstep/shared/domain'
import type { Place, TravelTime } from './types.ts'

/** Places a stored way has room for: 2^21, so that its three parts are together a whole number that a double holds exactly. */
const PLACES = 2_097_152
/** Ways a tick reads for each place, about, twice over: what the table has room for at first. */
const SLOTS_PER_PLACE = 16
const MOST_INT = 0x7fffffff

/** Travel times as plain columns: ways as one number each, sorted, and the seconds that belong to them. */
export interface TravelColumns {
  keys: Float64Array
  seconds: Float64Array
}

/** Travel times from memory. */
export interface TravelTable {
  travelS: TravelTime
  /** What is in the table, sorted, so that the same reads in any sequence give the same columns. */
  columns(): TravelColumns
}

/** The vehicle's place among `VEHICLES`. */
function vehicleCode(vehicle: Vehicle): number {
  switch (vehicle) {
    case 'bicycle':
      return 0
    case 'motorcycle':
      return 1
    case 'car':
      return 2
    case 'van':
      return 3
  }
}

/**
 * Asks `travelS` for each way once and remembers it. Open addressing in flat arrays, since a tick reads some ten thousand
 * times; as long as there are fewer than 23,000 places, ways are small integers.
 */
export function rememberTravel(places: number, travelS: TravelTime): TravelTable {
  const isSmall = 4 * places * places < MOST_INT
  const makeKeys = (bits: number) => (isSmall ? new Int32Array(2 ** bits) : new Float64Array(2 ** bits))
  let bits = 32 - Math.clz32(Math.min(places, 4096) * SLOTS_PER_PLACE)
  // A way plus one by slot, 0 where the slot is free.
  let ways = makeKeys(bits)
  let seconds = new Float64Array(2 ** bits)
  let count = 0
  const slotOf = (way: number, from: Place, to: Place) => {
    let slot = Math.imul(Math.imul(to, 0x85ebca6b) ^ from, 0x9e3779b1) >>> (32 - bits)
    while (ways[slot] !== way && ways[slot] !== 0) slot = (slot + 1) & (ways.length - 1)
    return slot
  }
  const grow = () => {
    const [oldWays, oldSeconds] = [ways, seconds]
    ways = makeKeys(++bits)
    seconds = new Float64Array(2 ** bits)
    for (let i = 0; i < oldWays.length; i++) {
      if (oldWays[i] === 0) continue
      const row = Math.floor((oldWays[i]! - 1) / places)
      const slot = slotOf(oldWays[i]!, (oldWays[i]! - 1) % places, row % places)
      ways[slot] = oldWays[i]!
      seconds[slot] = oldSeconds[i]!
    }
  }
  return {
    travelS(vehicle, from, to) {
      const way = (vehicleCode(vehicle) * places + to) * places + from + 1
      const slot = slotOf(way, from, to)
      if (ways[slot] === way) return seconds[slot]!
      const asked = travelS(vehicle, from, to)
      ways[slot] = way
      seconds[slot] = asked
      if (++count * 2 > ways.length) grow()
      return asked
    },
    columns() {
      const found = Float64Array.from(ways.filter((way) => way !== 0)).sort()
      const columns = { keys: new Float64Array(count), seconds: new Float64Array(count) }
      for (let i = 0; i < count; i++) {
        const row = Math.floor((found[i]! - 1) / places)
        const [from, to] = [(found[i]! - 1) % places, row % places]
        columns.keys[i] = (Math.floor(row / places) * PLACES + to) * PLACES + from
        columns.seconds[i] = seconds[slotOf(found[i]!, from, to)]!
      }
      return columns
    },
  }
}

/** Reads travel times back from columns; throws on a way that is not in them. */
export function travelFromColumns(places: number, { keys, seconds }: TravelColumns): TravelTime {
  let next = 0
  const table = rememberTravel(places, (vehicle, from, to) => {
    if (next < keys.length) return seconds[next]!
    throw new Error(`the way of a ${vehicle} from place ${from} to ${to} was not recorded: this is not the planner that read it`)
  })
  for (; next < keys.length; next++) {
    const row = Math.floor(keys[next]! / PLACES)
    table.travelS(VEHICLES[Math.floor(row / PLACES)]!, keys[next]! % PLACES, row % PLACES)
  }
  return table.travelS
}
