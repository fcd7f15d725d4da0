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
  /** Nothing comes back although there is a connection: connect anew. */
  onDead(): void
}

/** A pulse is sent this often, in ms of the wall. */
const PULSE_EVERY_MS = 1_000
/** Pulses without an answer after which a connection counts as dead: counted, not timed, so that a busy node does not blame Redis. */
const MISSED_PULSES = 3
/** A new connection has this many pulses to answer before it is given up too. */
const PULSES_TO_RECOVER = 8

/**
 * A connection may look well while nothing comes through: a server that hangs, a subscription that was lost in a failover.
 * So a node sends itself a pulse through each zone's shard; what does not come back is not connected.
 */
export function feelPulse(deps: PulseDeps): Pulse {
  const unanswered = new Map<string, number>()
  let pulsesToRecover = 0

  const beat = () => {
    if (!deps.isUp()) {
      for (const zoneId of unanswered.keys()) unanswered.set(zoneId, 0)
      return
    }
    pulsesToRecover = Math.max(0, pulsesToRecover - 1)
    if (!isAlive() && pulsesToRecover === 0) {
      pulsesToRecover = PULSES_TO_RECOVER
      deps.onDead()
      return
    }
    for (const [zoneId, count] of unanswered) {
      unanswered.set(zoneId, count + 1)
      deps.send(zoneId)
    }
  }
  const isAlive = () => unanswered.values().every((count) => count < MISSED_PULSES)
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
