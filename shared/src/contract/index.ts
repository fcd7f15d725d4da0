// What both ends of a wire agree on: the table of HTTP routes with their schemas, the live messages, the error codes.
// Servers read the schemas; browsers import types only, so that no schema is bundled.
export { type Me, type SignedIn, accountRoutes, demoBody, demoQuery, email, loginBody, me, password, registerBody, signedIn } from './accounts.ts'
export { type Menu, type Merchant, type MerchantSummary, type Zone, browseQuery, catalogRoutes, menu, menuItem, merchant, merchantSummary, polygon, zone } from './catalog.ts'
export { ROLES, type Role, type RouteSpec, type RouteTable, anyId, currency, cursor, driverId, lat, latLon, limit, lon, menuItemId, merchantId, money, nothing, orderId, pageOf, pageQuery, queryLat, queryLon, role, text, timeMs, userId, version, zoneId } from './common.ts'
export { type Alert, type BoardDriver, type BoardOrder, type Candidate, type CommandResult, type Decision, type DispatchBoard, alert, boardDriver, boardOrder, candidate, commandResult, decision, dispatchBoard, dispatchRoutes, leftOut } from './dispatch.ts'
export { type DriverRoute, type DriverState, type Offer, type PositionFix, type Stop, driverProfile, driverRoute, driverRoutes, driverState, offer, positionFix, stop } from './driver.ts'
export { ERROR_CODES, type ErrorCode, type FieldError, type Problem, type ProblemExtras, fieldError, problem } from './errors.ts'
export { type MerchantBoard, type MerchantOrder, merchantBoard, merchantOrder, merchantRoutes } from './merchant.ts'
export { type Eta, type Order, type OrderDriver, type OrderEvent, type OrderSummary, type PlaceOrderBody, decisionId, dropAddress, eta, order, orderActionBody, orderDriver, orderEvent, orderLine, orderRoutes, orderSummary, orderTimes, placeOrderBody, price } from './orders.ts'
export { type About, type Address, type RouteKey, type Routes, about, address, routes } from './routes.ts'
