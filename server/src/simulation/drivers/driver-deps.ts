import type { Stop } from '@doorstep/shared/contract'
import type { LatLon, Rng } from '@doorstep/shared/domain'
import type { PeopleClock } from '../people-clock.ts'
import type { Rider } from '../riding/rider.ts'
import type { Session } from '../session.ts'

/** What a driver is made from. */
export interface DriverDeps {
  call: Session['call']
  clock: PeopleClock
  rng: Rng
  rider: Rider
  /** Whether the simulation acts for this driver now. */
  isOurs(): boolean
  /** Starts a shift when there is none; the first seat waits for a person to do that. */
  startsShift: boolean
  /** Somewhere to be for a driver who was never seen, by what they have to do. */
  firstPlace(stop: Stop | undefined): Promise<LatLon | null>
  /** Told of what happened, for counting. */
  count(what: string): void
}
