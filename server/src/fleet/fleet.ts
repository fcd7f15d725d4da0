import type { DriverId } from '@doorstep/shared/domain'
import { createGrid, type Grid, growGrid, putInGrid, removeFromGrid } from './grid.ts'
import { addUuid, bytesOfUuid, createUuidTable, findUuid, removeUuid, type UuidTable } from './uuid-table.ts'

/** A driver whose last fix is older than this is stale: shown so, and not offered orders. */
export const STALE_AFTER_MS = 30_000

/** A driver on shift with fewer active orders than this is available, and stands in the grid. */
export const AVAILABLE_BELOW_ORDERS = 2

/** Whether a driver works, as `fleet.shift` holds it. */
export const SHIFT = { none: 0, offline: 1, online: 2, onBreak: 3 } as const

/** The live fleet: slot `i` of every array is one driver. Read it freely; change it only through this room's functions. */
export interface Fleet {
  /** Slots below this may be in use. */
  count: number
  capacity: number
  ids: (DriverId | undefined)[]
  /** Index into `zones`. */
  zone: Uint16Array
  shift: Uint8Array
  /** Index into VEHICLES. */
  vehicle: Uint8Array
  activeOrders: Uint8Array
  /** Orders picked up and not yet delivered. */
  carriedOrders: Uint8Array
  maxOrders: Uint8Array
  lat: Float64Array
  lon: Float64Array
  /** Degrees clockwise from north; NaN while unknown. */
  courseDeg: Float32Array
  /** NaN while unknown. */
  speedMps: Float32Array
  /** When the last fix was made, in the server's clock; 0 before the first. */
  fixAtMs: Float64Array
  fixSeq: Uint32Array
  /** The available drivers by where they stand. */
  grid: Grid
  zones: string[]
  orders: Map<string, { slot: number; isCarried: boolean }>
  /** Orders in the bag of a slot's driver. */
  bags: Map<number, Set<string>>
  table: UuidTable
  free: number[]
  changed: { flags: Uint8Array; slots: Uint32Array; count: number }
}

/** An empty fleet; `aroundLat` is a latitude of its zones, where its grid works best. */
export function createFleet(options: { capacity?: number; aroundLat: number }): Fleet {
  const capacity = Math.max(16, options.capacity ?? 1024)
  return {
    count: 0,
    capacity,
    ids: [],
    ...arraysFor(capacity),
    grid: createGrid(capacity, options.aroundLat),
    zones: [],
    orders: new Map(),
    bags: new Map(),
    table: createUuidTable(capacity),
    free: [],
    changed: { flags: new Uint8Array(capacity), slots: new Uint32Array(capacity), count: 0 },
  }
}

const arraysFor = (capacity: number) => ({
  zone: new Uint16Array(capacity),
  shift: new Uint8Array(capacity),
  vehicle: new Uint8Array(capacity),
  activeOrders: new Uint8Array(capacity),
  carriedOrders: new Uint8Array(capacity),
  maxOrders: new Uint8Array(capacity),
  lat: new Float64Array(capacity),
  lon: new Float64Array(capacity),
  courseDeg: new Float32Array(capacity).fill(Number.NaN),
  speedMps: new Float32Array(capacity).fill(Number.NaN),
  fixAtMs: new Float64Array(capacity),
  fixSeq: new Uint32Array(capacity),
})

const idBytes = new DataView(new ArrayBuffer(16))

/** The slot of a driver, or -1. */
export function slotOf(fleet: Fleet, driverId: string): number {
  return bytesOfUuid(driverId, idBytes, 0) ? findUuid(fleet.table, idBytes, 0) : -1
}

/** The slot of the driver whose id's 16 bytes stand at `at`, or -1. */
export function slotOfBytes(fleet: Fleet, bytes: DataView, at: number): number {
  return findUuid(fleet.table, bytes, at)
}

/** The driver of a slot in use. */
export function driverAt(fleet: Fleet, slot: number): DriverId {
  const id = fleet.ids[slot]
  if (!id) throw new RangeError(`slot ${slot} holds no driver`)
  return id
}

/** Writes the 16 bytes of a slot's driver id, without making a string. */
export function writeDriverId(fleet: Fleet, slot: number, bytes: DataView, at: number): void {
  for (let i = 0; i < 4; i++) bytes.setUint32(at + i * 4, fleet.table.words[slot * 4 + i]!)
}

/** The slot of a driver, given to it if it has none. Throws on an id that is no UUID. */
export function takeSlot(fleet: Fleet, driverId: DriverId): number {
  const known = slotOf(fleet, driverId)
  if (known >= 0) return known
  if (!bytesOfUuid(driverId, idBytes, 0)) throw new RangeError(`not a driver id: ${driverId}`)
  const slot = fleet.free.pop() ?? fleet.count++
  if (slot >= fleet.capacity) grow(fleet, fleet.capacity * 2)
  fleet.ids[slot] = driverId
  fleet.shift[slot] = SHIFT.offline
  addUuid(fleet.table, slot, idBytes, 0)
  return slot
}

/** Drops a driver; the slot may be given to another. */
export function forgetDriver(fleet: Fleet, driverId: string): void {
  const slot = slotOf(fleet, driverId)
  if (slot < 0) return
  for (const [orderId, order] of fleet.orders) if (order.slot === slot) fleet.orders.delete(orderId)
  fleet.bags.delete(slot)
  removeFromGrid(fleet.grid, slot)
  removeUuid(fleet.table, slot)
  fleet.ids[slot] = undefined
  for (const key of ['shift', 'activeOrders', 'carriedOrders', 'fixAtMs', 'fixSeq'] as const) fleet[key][slot] = 0
  fleet.courseDeg[slot] = Number.NaN
  fleet.speedMps[slot] = Number.NaN
  markChanged(fleet, slot)
  fleet.free.push(slot)
}

/** The zone's index in `zones`, given to it if it has none. */
export function zoneIndex(fleet: Fleet, zoneId: string): number {
  const known = fleet.zones.indexOf(zoneId)
  return known >= 0 ? known : fleet.zones.push(zoneId) - 1
}

/** Puts a slot into the grid where it stands if its driver is available and was heard of, else takes it out. */
export function placeInGrid(fleet: Fleet, slot: number): void {
  const isAvailable = fleet.shift[slot] === SHIFT.online && fleet.activeOrders[slot]! < AVAILABLE_BELOW_ORDERS
  if (isAvailable && fleet.fixAtMs[slot]! > 0) putInGrid(fleet.grid, slot, fleet.lat[slot]!, fleet.lon[slot]!)
  else removeFromGrid(fleet.grid, slot)
}

/** Notes that a slot changed since the changes were last drained. */
export function markChanged(fleet: Fleet, slot: number): void {
  const { changed } = fleet
  if (changed.flags[slot]) return
  changed.flags[slot] = 1
  changed.slots[changed.count++] = slot
}

function grow(fleet: Fleet, capacity: number): void {
  const grown = arraysFor(capacity)
  for (const key of Object.keys(grown) as (keyof typeof grown)[]) grown[key].set(fleet[key])
  const flags = new Uint8Array(capacity)
  const slots = new Uint32Array(capacity)
  flags.set(fleet.changed.flags)
  slots.set(fleet.changed.slots)
  Object.assign(fleet, grown, { capacity, changed: { flags, slots, count: fleet.changed.count } })
  growGrid(fleet.grid, capacity)
}
