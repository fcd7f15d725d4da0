/** Latencies in quarter milliseconds up to 20 s; the tail is kept as it is. */
const STEP_MS = 0.25
const BINS = 80_000

/** A count of latencies. */
export interface Histogram {
  add(ms: number): void
  count(): number
  /** The value that this share of the latencies does not exceed; NaN without any. */
  quantile(share: number): number
}

/** An empty histogram. */
export function createHistogram(): Histogram {
  const bins = new Uint32Array(BINS)
  let count = 0
  return {
    add(ms) {
      bins[Math.min(BINS - 1, Math.max(0, Math.floor(ms / STEP_MS)))]!++
      count++
    },
    count: () => count,
    quantile(share) {
      let left = count * share
      for (let bin = 0; bin < BINS; bin++) {
        left -= bins[bin]!
        if (left <= 0 && count > 0) return (bin + 1) * STEP_MS
      }
      return Number.NaN
    },
  }
}
