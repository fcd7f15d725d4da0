import type { Clock } from '../platform/index.ts'

/** What one connection may send: so many messages at once, and so many a second of the wall in the long run. */
const BURST = 120
const PER_SECOND = 30

/** Counts a connection's messages; false when it sends too many. */
export function messageBudget(clock: Clock): () => boolean {
  let left = BURST
  let atMs = clock.nowMs()
  return () => {
    const nowMs = clock.nowMs()
    left = Math.min(BURST, left + (Math.max(0, nowMs - atMs) / 1_000 / clock.speed) * PER_SECOND)
    atMs = nowMs
    left -= 1
    return left >= 0
  }
}
