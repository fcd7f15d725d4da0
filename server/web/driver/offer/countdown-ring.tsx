import { words } from '../words.ts'
import type { Countdown } from './countdown.ts'

const RADIUS = 42
const LENGTH = 2 * Math.PI * RADIUS

/** The time that is left, as a ring that empties and as a number. */
export function CountdownRing({ seconds, share }: Countdown) {
  return (
    <div className="ring" role="timer" aria-label={words.offer.secondsLeft(seconds)}>
      <svg width="92" height="92" viewBox="0 0 92 92" aria-hidden="true">
        <circle cx="46" cy="46" r={RADIUS} className="ring-all" />
        <circle
          cx="46"
          cy="46"
          r={RADIUS}
          className="ring-left"
          strokeDasharray={`${LENGTH * share} ${LENGTH}`}
          transform="rotate(-90 46 46)"
        />
      </svg>
      <span className="ring-text" aria-hidden="true">
        <span className="big">{seconds}</span>
        <span className="sm ink2">{words.offer.seconds}</span>
      </span>
    </div>
  )
}
