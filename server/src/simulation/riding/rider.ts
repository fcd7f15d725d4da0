import type { WirePosition } from '@doorstep/shared/client'
import type { LatLon, Rng } from '@doorstep/shared/domain'
import { between } from '../chance.ts'
import type { PeopleClock } from '../people-clock.ts'
import { hasArrived, leftMs, placeOfRide, type Ride, rideOn } from './ride.ts'

/** A body on the street with a phone: it rides, stands, and reports where it is. */
export interface Rider {
  place(): LatLon | null
  /** Stands somewhere else from now on; not for somebody who is being watched. */
  putAt(place: LatLon): void
  /** Rides off after a while, and says when it has arrived. */
  ride(line: Ride['line'], speedMps: number, afterMs: number, arrived: () => void): void
  /** Is nowhere: somebody else carries the phone. */
  forget(): void
  /** Stays where it is. */
  halt(): void
  /** The way of the last ride, as far as it was ridden. */
  lastRide(): Ride | null
  /** Reports again although nothing has moved, so that nobody takes the phone for lost. */
  report(): void
  /** Reports come at once and then regularly, or not at all. */
  setReporting(isReporting: boolean): void
}

/** How often a position is reported, in ms of the server's clock. */
const MOVING_EVERY_MS = 3_000
const STILL_EVERY_MS = { min: 10_000, max: 15_000 }
/** Reports of one driver are never closer than this, in ms of the wall, however fast the city's clock runs. */
const LEAST_GAP_MS = 250

/** Puts a rider on the street; `send` gets every report. */
export function createRider(clock: PeopleClock, rng: Rng, send: (position: WirePosition) => void): Rider {
  let place: LatLon | null = null
  let courseDeg = Number.NaN
  let ride: Ride | null = null
  let last: Ride | null = null
  let onArrival = () => {}
  let movedAtMs = 0
  let startsAtMs = 0
  let isReporting = false
  let cancelBeat = () => {}
  let seq = Math.floor(clock.nowMs() / 1000)
  const battery = between(rng, 0.3, 1)

  const move = () => {
    if (!ride) return
    const elapsedMs = clock.livedMs() - Math.max(movedAtMs, startsAtMs)
    movedAtMs = clock.livedMs()
    if (elapsedMs <= 0) return
    // Lights, corners and hills: the pace wavers about its mean.
    ride = rideOn(ride, elapsedMs * between(rng, 0.75, 1.25))
    const now = placeOfRide(ride)
    place = now.place
    courseDeg = now.courseDeg
    last = ride
    if (!hasArrived(ride)) return
    ride = null
    onArrival()
  }
  const report = () => {
    if (!place || !isReporting) return
    const speedMps = ride && clock.livedMs() > startsAtMs ? ride.speedMps : 0
    const accuracyM = between(rng, 4, 12)
    send({ seq: ++seq, atMs: clock.nowMs(), ...place, courseDeg, speedMps, accuracyM, battery })
  }
  const beat = () => {
    move()
    report()
    cancelBeat()
    cancelBeat = clock.after(Math.max(restMs(), LEAST_GAP_MS * clock.speed()), beat)
  }
  const restMs = () => {
    const stillMs = between(rng, STILL_EVERY_MS.min, STILL_EVERY_MS.max)
    const untilStartMs = startsAtMs - clock.livedMs()
    if (!ride) return stillMs
    return untilStartMs > 0 ? Math.min(stillMs, untilStartMs) : Math.min(MOVING_EVERY_MS, Math.max(500, leftMs(ride)))
  }

  return {
    place: () => place,
    putAt(next) {
      place = next
      ride = null
    },
    ride(line, speedMps, afterMs, arrived) {
      movedAtMs = clock.livedMs()
      startsAtMs = movedAtMs + afterMs
      ride = { line, metres: 0, speedMps }
      onArrival = arrived
      if (!isReporting) return
      cancelBeat()
      cancelBeat = clock.after(Math.min(afterMs, STILL_EVERY_MS.min), beat)
    },
    forget() {
      place = null
      ride = null
      last = null
    },
    halt() {
      if (ride) onArrival = () => {}
      move()
      ride = null
    },
    lastRide: () => last,
    report,
    setReporting(next) {
      if (next === isReporting) return
      isReporting = next
      cancelBeat()
      if (next) beat()
    },
  }
}
