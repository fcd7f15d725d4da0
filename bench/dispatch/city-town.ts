import { createTaskQueue, type Task } from '../../server/src/simulation/index.ts'
import type { Evening } from './city-evening.ts'
import type { City } from './city-place.ts'
import { type CityServer, createCityServer } from './city-server.ts'

/** What everybody who acts in an evening shares. */
export interface Town {
  city: City
  evening: Evening
  server: CityServer
  nowMs(): number
  /** Runs something at a moment, or at once where that is past. */
  schedule(atMs: number, run: () => void): Task
}

/** A town with a clock that jumps from one thing to the next. */
export interface TownClock extends Town {
  /** Does everything that is due by then, and stands at that moment. */
  runUntil(atMs: number): void
  /** When the next thing is due; Infinity when nothing is. */
  nextMs(): number
}

/** Makes the town before anything has happened. */
export function makeTown(city: City, evening: Evening): TownClock {
  const queue = createTaskQueue()
  let now = evening.startMs
  return {
    city,
    evening,
    server: createCityServer(
      city.zone.id,
      evening.drivers.map(({ row }) => row),
    ),
    nowMs: () => now,
    schedule: (atMs, run) => queue.add(Math.max(now, Math.round(atMs)), run),
    nextMs: () => queue.peek()?.atMs ?? Number.POSITIVE_INFINITY,
    runUntil(atMs) {
      for (let task = queue.peek(); task && task.atMs <= atMs; task = queue.peek()) {
        queue.pop()
        now = Math.max(now, task.atMs)
        task.run()
      }
      now = Math.max(now, atMs)
    },
  }
}
