// The floor of the house: what an order, a driver, an offer and a price are, and the rules between them.
// Pure: no I/O, no clock, no chance of its own, nothing imported from outside this folder.
export { type Bounds, bearingDeg, distanceM, isInside, type LatLon, type PolygonRings } from './geo.ts'
export type { DriverId, MenuItemId, MerchantId, OrderId, UserId, ZoneId } from './ids.ts'
export { fail, ok, type Result } from './result.ts'
export { type Rng, seededRng } from './rng.ts'
export { VEHICLES, type Vehicle } from './vehicle.ts'
