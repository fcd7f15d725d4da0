// Drivers: profiles, shifts, the stops they have, offers and how they answered them, earnings and ratings; and the
// state of a zone (open orders, drivers, offers) in memory, kept current by the log.
export { acceptanceRate } from './acceptance.ts'
export { acceptOffer, declineOffer, type OfferAnswer, type OfferAnswerError } from './answer-offer.ts'
export { goOffline, goOnline } from './change-shift.ts'
export { addRating, countOfferAnswer, type DriverRow, findDriver, insertDrivers, openShift, type StopRef } from './drivers-sql.ts'
export { type DeliveryEarning, earningsSince } from './earnings-sql.ts'
export { followOrderInDrivers, stopsAfter } from './follow-order.ts'
export { endOffer, insertOffer, lastOffer, type OfferRow } from './offers-sql.ts'
export { inPlannedOrder, isPickupFirst, orderStops } from './order-stops.ts'
export { type DriverRouteDeps, mountDriverRoutes, type ShiftChange } from './routes.ts'
export { createZoneState, type ZoneChange, type ZoneState } from './zone-state.ts'
