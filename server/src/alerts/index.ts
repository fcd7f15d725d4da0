// What is going wrong, one alert per cause, which clears itself: orders without a driver, late or about to be, drivers who
// do not move or whose position is gone, kitchens behind their own word.
export { ALERT_AFTER, findAlerts, type WatchedDriver, type WatchedOrder } from './find-alerts.ts'
export { type PlanHints, watchZone, type ZoneAlerts } from './watch-zone.ts'
