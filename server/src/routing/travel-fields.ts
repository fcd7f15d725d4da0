import type { LatLon, Vehicle } from '@doorstep/shared/domain'
import type { StreetGraph } from '../city/index.ts'
import { type Calibration, DEFAULT_CALIBRATION } from './calibration.ts'
import { MODES, type Mode, modeOf } from './field-streets.ts'
import { type ModeFields, modeFields } from './mode-fields.ts'
import { type HourlyCorrections, noCorrections, observeTrip } from './observed-trips.ts'
import { readField, type TravelField } from './travel-field.ts'

/** Reach of a field in free-flow seconds: further than any delivery is promised. */
const REACH_S = 25 * 60
/** Vertices settled at most, which bounds a field to one to two milliseconds in a large city. */
const REACH_VERTICES = 8000

/** How fields are kept; everything has a default. */
export interface TravelFieldSettings {
  calibration?: Calibration
  /** Corrections of earlier days, as `corrections` gave them. */
  corrections?: HourlyCorrections
  /** Modes to keep fields for: leave one out where no driver rides so. */
  modes?: readonly Mode[]
  reachS?: number
  reachVertices?: number
}

/** Seconds between stops and places for the planner: read in nanoseconds, without allocation, from fields kept per stop. */
export interface TravelFields {
  /** Computes a stop's fields (about a millisecond a field); a stop already open at that place is left as it is. */
  openStop(key: string, place: LatLon): void
  closeStop(key: string): void
  isOpen(key: string): boolean
  /** The hour of day (0 to 23, the zone's time) whose corrections reads use until the next call. */
  useHour(hour: number): void
  /** Seconds from a place to an open stop. Throws for a stop that is not open, like all reads. */
  secondsTo(key: string, vehicle: Vehicle, place: LatLon): number
  /** Seconds from an open stop to a place. */
  secondsFrom(key: string, vehicle: Vehicle, place: LatLon): number
  /** Seconds from one open stop to another. */
  seconds(vehicle: Vehicle, fromKey: string, toKey: string): number
  /** Metres along roads that a vehicle covers in seconds read from here, by the calibrated pace. */
  metres(vehicle: Vehicle, seconds: number): number
  observeTrip(hour: number, vehicle: Vehicle, predictedS: number, actualS: number): void
  /** The corrections as they stand, to be stored. */
  corrections(): HourlyCorrections
  /** Bytes that open stops' fields take. */
  bytes(): number
}

interface Stop {
  place: LatLon
  from: Record<Mode, TravelField | null>
  to: Record<Mode, TravelField | null>
}

/** Makes the travel fields of a city. Preparing takes some milliseconds, for a large city some hundred. */
export function travelFields(graph: StreetGraph, settings: TravelFieldSettings = {}): TravelFields {
  const calibration = settings.calibration ?? DEFAULT_CALIBRATION
  const corrections = settings.corrections ?? noCorrections()
  const limits = { seconds: settings.reachS ?? REACH_S, vertices: settings.reachVertices ?? REACH_VERTICES }
  const modes = new Map<Mode, ModeFields>()
  for (const mode of settings.modes ?? MODES) modes.set(mode, modeFields(graph, mode, limits))
  const stops = new Map<string, Stop>()
  let hour = 0
  const stopAt = (key: string): Stop => {
    const stop = stops.get(key)
    if (stop === undefined) throw new Error(`stop ${key} has no open travel field`)
    return stop
  }
  const scale = (vehicle: Vehicle) => calibration[vehicle].scale * corrections[vehicle][hour]!
  const read = (field: TravelField | null, vehicle: Vehicle, place: LatLon) => {
    if (field === null) throw new Error(`no travel fields are kept for a ${vehicle}`)
    return readField(field, place.lat, place.lon) * scale(vehicle)
  }
  return {
    openStop(key, place) {
      const known = stops.get(key)
      if (known && known.place.lat === place.lat && known.place.lon === place.lon) return
      stops.set(key, openStop(modes, place))
    },
    closeStop: (key) => void stops.delete(key),
    isOpen: (key) => stops.has(key),
    useHour: (wanted) => void (hour = ((Math.floor(wanted) % 24) + 24) % 24),
    secondsTo: (key, vehicle, place) => read(stopAt(key).to[modeOf(vehicle)], vehicle, place),
    secondsFrom: (key, vehicle, place) => read(stopAt(key).from[modeOf(vehicle)], vehicle, place),
    seconds(vehicle, fromKey, toKey) {
      const from = stopAt(fromKey)
      const to = stopAt(toKey)
      const mode = modeOf(vehicle)
      return (read(from.from[mode], vehicle, to.place) + read(to.to[mode], vehicle, from.place)) / 2
    },
    metres: (vehicle, seconds) => (seconds / corrections[vehicle][hour]!) * calibration[vehicle].metresPerS,
    observeTrip: (at, vehicle, predictedS, actualS) => observeTrip(corrections, { hour: at, vehicle, predictedS, actualS }),
    corrections: () => structuredClone(corrections),
    bytes: () => [...stops.values()].reduce((sum, stop) => sum + stopBytes(stop), 0),
  }
}

function openStop(modes: ReadonlyMap<Mode, ModeFields>, place: LatLon): Stop {
  const at = { lat: place.lat, lon: place.lon }
  const stop: Stop = { place: at, from: { bicycle: null, motor: null }, to: { bicycle: null, motor: null } }
  for (const [mode, fields] of modes) {
    stop.from[mode] = fields.field(at, 'from_stop')
    stop.to[mode] = fields.field(at, 'to_stop')
  }
  return stop
}

function stopBytes(stop: Stop): number {
  return [...Object.values(stop.from), ...Object.values(stop.to)].reduce(
    (sum, field) => sum + (field?.seconds.byteLength ?? 0),
    0,
  )
}
