import type { Rng, Vehicle } from '@doorstep/shared/domain'

/** How many of a hundred ride what, as shares of one. */
const VEHICLES: readonly (readonly [Vehicle, number])[] = [
  ['bicycle', 0.55],
  ['motorcycle', 0.3],
  ['car', 0.13],
  ['van', 0.02],
]
const MAX_ORDERS: Record<Vehicle, number> = { bicycle: 2, motorcycle: 3, car: 3, van: 4 }

/** What a made-up driver is like: vehicle, how many orders at once, rating and by how many. */
export interface MadeDriver {
  vehicle: Vehicle
  maxOrders: number
  rating: number
  ratingCount: number
}

/** Makes up a driver. */
export function makeDriver(rng: Rng): MadeDriver {
  const vehicle = vehicleFrom(rng)
  const rating = Math.round((4.2 + 0.8 * rng()) * 100) / 100
  return { vehicle, maxOrders: MAX_ORDERS[vehicle], rating, ratingCount: 20 + Math.floor(300 * rng()) }
}

function vehicleFrom(rng: Rng): Vehicle {
  let left = rng()
  for (const [vehicle, share] of VEHICLES) {
    left -= share
    if (left < 0) return vehicle
  }
  return 'bicycle'
}
