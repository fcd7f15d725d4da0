// A second door of the map room, without MapLibre: whoever takes positions in needs the slots before a map is loaded.

/** What a driver's mark shows; the values are indices into the glyph texture, 0 draws nothing. */
export const FLEET_STATE = {
  none: 0,
  moving: 1,
  atStop: 2,
  idle: 3,
  offline: 4,
  late: 5,
  veryLate: 6,
  act: 7,
  gpsDark: 8,
} as const
export type FleetState = (typeof FLEET_STATE)[keyof typeof FLEET_STATE]

/** The live fleet as the map reads it: one slot per driver in parallel arrays, never an object per driver. */
export interface FleetSlots {
  /** Slots from 0 to `count` may hold drivers; a freed one has state `none`. */
  count: number
  lon: Float64Array
  lat: Float64Array
  /** Degrees clockwise from north; NaN while unknown. */
  courseDeg: Float32Array
  state: Uint8Array
  /** 1 draws the driver faintly, while something else is in the light. */
  dimmed: Uint8Array
  /** When the fix was made, in the server's milliseconds. */
  fixAtMs: Float64Array
}

/** Empty slots for a number of drivers. */
export function createFleetSlots(capacity: number): FleetSlots {
  return {
    count: 0,
    lon: new Float64Array(capacity),
    lat: new Float64Array(capacity),
    courseDeg: new Float32Array(capacity).fill(Number.NaN),
    state: new Uint8Array(capacity),
    dimmed: new Uint8Array(capacity),
    fixAtMs: new Float64Array(capacity),
  }
}

/** The same drivers with room for more; the arrays are new, so nobody may keep the old ones. */
export function growFleetSlots(slots: FleetSlots, capacity: number): void {
  const from = { ...slots }
  Object.assign(slots, createFleetSlots(capacity), { count: from.count })
  slots.lon.set(from.lon)
  slots.lat.set(from.lat)
  slots.courseDeg.set(from.courseDeg)
  slots.state.set(from.state)
  slots.dimmed.set(from.dimmed)
  slots.fixAtMs.set(from.fixAtMs)
}
