/**
 * Sequences are a log's own time in milliseconds times this, plus a count within the millisecond. So they keep growing
 * when a log is lost and begun again, and stay below 2^53 until the year 2039.
 */
const PER_MS = 4096

/** The sequence after `last` for something appended at `nowMs`. */
export function nextSequence(last: number, nowMs: number): number {
  return Math.max(last + 1, nowMs * PER_MS)
}

/** Reads a Redis stream id (`milliseconds-count`) as a sequence. */
export function sequenceOfId(id: string): number {
  const dash = id.indexOf('-')
  return Number(id.slice(0, dash)) * PER_MS + Number(id.slice(dash + 1))
}

/** The Redis stream id of a sequence. */
export function idOfSequence(sequence: number): string {
  return `${Math.floor(sequence / PER_MS)}-${sequence % PER_MS}`
}
