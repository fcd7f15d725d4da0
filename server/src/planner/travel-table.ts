import type { Vehicle } from '@doorstep/shared/domain'
import type { Place, TravelTime } from './types.ts'

/** Places a key has room for: 2^21, so that three of its parts stay a whole number that a double holds exactly. */
const PLACES = 2_097_152
const FIRST_BITS = 14

/** Travel times by vehicle and places: open addressing in flat arrays, since a tick reads a hundred thousand of them. */
export interface TravelTable {
  /** A key plus one by slot, 0 where the slot is free. */
  keys: Float64Array
  seconds: Float64Array
  bits: number
  count: number
}

/** Travel times as sorted columns: `keys` as `travelKey` makes them, and the seconds that belong to them. */
export interface TravelColumns {
  keys: Float64Array
  seconds: Float64Array
}

/** A table with nothing in it. */
export function makeTravelTable(bits = FIRST_BITS): TravelTable {
  return { keys: new Float64Array(2 ** bits), seconds: new Float64Array(2 ** bits), bits, count: 0 }
}

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

/** One number for a vehicle's way; sorted by it, the ways to one place stand together. */
function travelKey(vehicle: Vehicle, from: Place, to: Place): number {
  return (vehicleCode(vehicle) * PLACES + to) * PLACES + from
}

/** The slot that holds a key, or the free one where it belongs. */
function slotOf({ keys, bits }: TravelTable, key: number): number {
  const stored = key + 1
  const mask = keys.length - 1
  const low = key | 0
  let slot = Math.imul(low ^ Math.imul((key - (low >>> 0)) / 4_294_967_296, 0x85ebca6b), 0x9e3779b1) >>> (32 - bits)
  while (keys[slot] !== stored && keys[slot] !== 0) slot = (slot + 1) & mask
  return slot
}

/** The same travel times from memory: each is asked of `travelS` once and kept in the table. */
export function rememberTravel(table: TravelTable, travelS: TravelTime): TravelTime {
  return (vehicle, from, to) => {
    const key = travelKey(vehicle, from, to)
    const slot = slotOf(table, key)
    if (table.keys[slot] !== 0) return table.seconds[slot]!
    const seconds = travelS(vehicle, from, to)
    place(table, slot, key, seconds)
    return seconds
  }
}

function place(table: TravelTable, slot: number, key: number, seconds: number): void {
  table.keys[slot] = key + 1
  table.seconds[slot] = seconds
  if (++table.count * 2 > table.keys.length) grow(table)
}

function grow(table: TravelTable): void {
  const { keys, seconds } = table
  Object.assign(table, { ...makeTravelTable(table.bits + 1), count: table.count })
  for (let i = 0; i < keys.length; i++) {
    if (keys[i] === 0) continue
    const slot = slotOf(table, keys[i]! - 1)
    table.keys[slot] = keys[i]!
    table.seconds[slot] = seconds[i]!
  }
}

/** What is in the table, sorted by key, so that the same reads in any sequence give the same columns. */
export function travelColumns(table: TravelTable): TravelColumns {
  const keys = table.keys.filter((key) => key !== 0).sort()
  const seconds = new Float64Array(keys.length)
  for (let i = 0; i < keys.length; i++) {
    keys[i]! -= 1
    seconds[i] = table.seconds[slotOf(table, keys[i]!)]!
  }
  return { keys, seconds }
}

/** Reads travel times back from columns; throws on a way that is not in them. */
export function travelFromColumns({ keys, seconds }: TravelColumns): TravelTime {
  const table = makeTravelTable()
  for (let i = 0; i < keys.length; i++) place(table, slotOf(table, keys[i]!), keys[i]!, seconds[i]!)
  return rememberTravel(table, (vehicle, from, to) => {
    throw new Error(`the way of a ${vehicle} from place ${from} to ${to} was not recorded: this is not the planner that read it`)
  })
}
