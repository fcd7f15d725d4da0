// How to get from one place to another: ways and times that people see (Valhalla in process, an engine over HTTP, a straight
// line as the last resort that says so), and the travel fields from which the planner reads seconds without waiting.
// Nothing else in the server computes a travel time or a way of its own.
export { type Calibration, DEFAULT_CALIBRATION, readCalibration, type VehicleCalibration } from './calibration.ts'
export { createRouter, type RouterSettings } from './create-router.ts'
export { MODES, type Mode } from './field-streets.ts'
export { calibrate, type MeasureError, measureTravelError, type TravelError } from './measure-travel-error.ts'
export { type HourlyCorrections, noCorrections } from './observed-trips.ts'
export { decodePolyline } from './polyline.ts'
export {
  MAX_PLACES,
  type Maneuver,
  ROUTE_SOURCES,
  type Route,
  type RouteLeg,
  type RouteOptions,
  type Router,
  type RouteSource,
  type RoutingError,
  type RoutingLog,
} from './router.ts'
export { straightLineRouter } from './straight-line.ts'
export { type TravelFieldSettings, type TravelFields, travelFields } from './travel-fields.ts'
