// What people who follow an order see: when it arrives and within which window, how a driver gets there, where the driver
// is for those who may know, and the boards of dispatch staff, kitchens and drivers made from it.
export { describeBoardOrder, isOnBoard, toBoard, toBoardChange } from './board-view.ts'
export { placeOfStop } from './driver-routes.ts'
export { describeDriver, offersOf } from './driver-view.ts'
export { describeKnownMerchantOrder, describeMerchantBoard } from './merchant-view.ts'
export { describeKnownOrder, describeOrder } from './order-view.ts'
export { type MerchantRouteDeps, mountMerchantRoutes } from './routes.ts'
export { toDriverRoute } from './stop-view.ts'
export { type DriverPosition, type FleetPositions, type TrackedZone } from './tracked-zone.ts'
export { startTracker, type Tracker } from './tracker.ts'
