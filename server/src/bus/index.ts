// How rooms and nodes talk: a log per zone that loses nothing and can be resumed, and signals of which only the latest
// counts. Two implementations, in memory and over Redis, are held to one contract suite; nobody else knows which it is.
export type { Bus, BusEvent, BusOptions, EventSubjects, LogFollower, LoggedEvent, LogPage, Signal } from './bus.ts'
export { fallbackBus } from './fallback-bus.ts'
export { memoryBus } from './memory-bus.ts'
export { redisBus } from './redis-bus.ts'
export { type BusConnection, type WatchedConnection, watchConnection } from './watch-connection.ts'
