/** Feels whether what a node sends to a zone's channels comes back to it. */
export interface Pulse {
  /** Begins to feel the pulse of a zone. */
  watch(zoneId: string): Promise<void>
  /** Whether every zone has answered lately. */
  isAlive(): boolean
  stop(): void
}

/** How pulses are sent and heard. */
export interface PulseDeps {
  /** Whether there is a connection at all; without one no pulse is missed. */
  isUp(): boolean
  /** Sends something that only this node listens to. */
  send(zoneId: string): void
  listen(zoneId: string, onPulse: () => void): Promise<unknown>
  /** Nothing comes back, or there has been no connection for long: connect anew. */
  onDead(): void
}

/** A pulse is sent this often, in ms of the wall. */
const PULSE_EVERY_MS = 1_000
/** Pulses without an answer after which a connection counts as dead: counted, not timed, so that a busy node does not blame Redis. */
const MISSED_PULSES = 3
/** A connection that is new, or was lost and connects by itself, has this many beats before it is replaced. */
const BEATS_TO_RECOVER = 8

/**
 * A connection may look well while nothing comes through: a server that hangs, a subscription that was lost in a failover.
 * So a node sends itself a pulse through each zone's shard; what does not come back is not connected.
 */
export function feelPulse(deps: PulseDeps): Pulse {
  const unanswered = new Map<string, number>()
  let beatsLost = 0
  let beatsToRecover = 0

  const isAlive = () => unanswered.values().every((count) => count < MISSED_PULSES)
  const beat = () => {
    const isUp = deps.isUp()
    beatsLost = isUp ? 0 : beatsLost + 1
    beatsToRecover = Math.max(0, beatsToRecover - 1)
    if (beatsToRecover === 0 && (beatsLost >= BEATS_TO_RECOVER || (isUp && !isAlive()))) {
      beatsToRecover = BEATS_TO_RECOVER
      return deps.onDead()
    }
    for (const [zoneId, count] of unanswered) {
      unanswered.set(zoneId, isUp ? count + 1 : 0)
      if (isUp) deps.send(zoneId)
    }
  }
  const timer = setInterval(beat, PULSE_EVERY_MS)

  return {
    async watch(zoneId) {
      if (unanswered.has(zoneId)) return
      unanswered.set(zoneId, 0)
      await deps.listen(zoneId, () => unanswered.set(zoneId, 0))
    },
    isAlive,
    stop: () => clearInterval(timer),
  }
}
