// The live fleet of a node: one slot per driver in parallel arrays, kept current by positions, shifts and orders, with a
// grid for "who is near" and "who is in view". Pure: time is an argument, nothing is read or written elsewhere.
export { type FleetCell, fleetCells } from './aggregate.ts'
export { drainChanges } from './changes.ts'
export {
  createFleet,
  driverAt,
  type Fleet,
  forgetDriver,
  SHIFT,
  STALE_AFTER_MS,
  slotOf,
  slotOfBytes,
  writeDriverId,
} from './fleet.ts'
export { type FleetEvent, foldEvent } from './fold-event.ts'
export { forEachInView } from './in-view.ts'
export { type Fix, type MoveOutcome, moveDriver } from './move-driver.ts'
export { createNearestAnswer, isOfferable, type NearestAnswer, type NearestQuery, nearestInto } from './nearest.ts'
export { carriedBy, carrierOf, type DriverOnShift, setOrderDriver, setShift } from './shifts.ts'
export { bytesOfUuid, uuidOfBytes } from './uuid-table.ts'
