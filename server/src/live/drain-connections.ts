import type { Clock } from '../platform/index.ts'
import type { Wheel } from './check-wheel.ts'
import type { Connection } from './connection.ts'

/** Some are told every so many milliseconds. */
const TURN_MS = 50
/** How many a node tells in a millisecond at most: what one that takes them in can take. */
const MOST_PER_MS = 1
/** Within this time those who were told together come back. */
const AWAY_MS = 250
/** Who has not left by then is ended. */
const LEAVE_WITHIN_MS = 500

/**
 * Sends everyone to another node: one after the other over `spreadMs` (less when they are few), so that the others are
 * not met by all at once, while those not told yet stay connected. Whoever does not leave is ended.
 */
export async function drain(clock: Clock, connections: Wheel<Connection>, spreadMs: number): Promise<void> {
  const waiting = [...connections.all()]
  if (waiting.length === 0) return
  const turns = Math.max(1, Math.ceil(Math.min(spreadMs, waiting.length / MOST_PER_MS) / TURN_MS))
  const perTurn = Math.ceil(waiting.length / turns)
  await new Promise<void>((resolve) => {
    const turn = () => {
      for (const connection of waiting.splice(0, perTurn)) connection.goAway(Math.round(Math.random() * AWAY_MS))
      const isLast = waiting.length === 0
      clock.after((isLast ? LEAVE_WITHIN_MS : TURN_MS) * clock.speed, isLast ? resolve : turn)
    }
    turn()
  })
  for (const connection of connections.all()) connection.end('shutting_down')
}
