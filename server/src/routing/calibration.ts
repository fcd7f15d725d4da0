import { VEHICLES, type Vehicle } from '@doorstep/shared/domain'

/** What turns a field's free-flow seconds into a vehicle's. */
export interface VehicleCalibration {
  /** The router's seconds for one of the field's. */
  scale: number
  /** Metres along roads in one of the router's seconds. */
  metresPerS: number
}

/** A city's calibration, kept in its pack. */
export type Calibration = Record<Vehicle, VehicleCalibration>

/** Before a city has been measured: the graph's own speeds, and the pace of Valhalla's routes in central San Francisco. */
export const DEFAULT_CALIBRATION: Calibration = {
  bicycle: { scale: 1, metresPerS: 4.4 },
  motorcycle: { scale: 1, metresPerS: 9.8 },
  car: { scale: 1, metresPerS: 9.8 },
  van: { scale: 1, metresPerS: 9.8 },
}

/** Scales outside this range mean a broken extract or engine rather than slow streets. */
const SCALE_RANGE = [0.3, 3] as const

/** Reads a stored calibration; null where it is not one. */
export function readCalibration(stored: unknown): Calibration | null {
  if (typeof stored !== 'object' || stored === null) return null
  const entries = stored as Record<string, Partial<VehicleCalibration> | undefined>
  const whole = VEHICLES.every((vehicle) => {
    const { scale, metresPerS } = entries[vehicle] ?? {}
    return (
      typeof scale === 'number' &&
      scale >= SCALE_RANGE[0] &&
      scale <= SCALE_RANGE[1] &&
      typeof metresPerS === 'number' &&
      metresPerS > 0
    )
  })
  return whole ? (stored as Calibration) : null
}
