import { type DriverId, type LatLon, type Rng, seededRng } from '@doorstep/shared/domain'
import { createFleet, type Fleet, moveDriver, setOrderDriver, setShift } from '../../server/src/fleet/index.ts'

/** The time of every fix; drivers whose fix is older are stale. */
export const NOW_MS = 1_800_000_000_000
export const ZONE = '00000000-0000-4000-8000-0000000000aa'
export const driverId = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as DriverId

/**
 * About 45 by 45 km with a dense middle, as people live: where drivers are and where is asked about. Of 100,000 drivers
 * 48,000 are within 5 km of the middle, at its densest 950 to a square kilometre. Half the questions find their twentieth
 * within 170 m, one in ten only after a kilometre.
 */
export function placeInMetropolis(rng: Rng): LatLon {
  const isCentral = rng() < 0.6
  const spread = isCentral ? 0.08 : 0.4
  const off = () => (rng() + rng() + rng()) / 3 - 0.5
  return { lat: 41.15 + off() * spread * 2, lon: -8.61 + off() * spread * 2.6 }
}

/** Drivers of a metropolis: four in five can be offered an order, the others are loaded, silent, on a break or offline. */
export function metropolis(drivers: number, seed: number): Fleet {
  const rng = seededRng(seed)
  const fleet = createFleet({ aroundLat: 41, capacity: drivers })
  for (let n = 0; n < drivers; n++) {
    const fate = rng()
    const shift = fate < 0.05 ? 'offline' : fate < 0.1 ? 'on_break' : 'online'
    setShift(fleet, { driverId: driverId(n), zoneId: ZONE, vehicle: 'bicycle', maxOrders: 3, shift })
    const atMs = fate < 0.15 ? NOW_MS - 40_000 : NOW_MS - 1_000
    moveDriver(fleet, n, { ...placeInMetropolis(rng), atMs, seq: 1, courseDeg: 90, speedMps: 4 })
    if (fate >= 0.15 && fate < 0.2) for (const order of ['a', 'b']) setOrderDriver(fleet, `${n}${order}`, driverId(n), false)
  }
  return fleet
}
