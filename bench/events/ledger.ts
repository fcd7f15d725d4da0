import { createHistogram, type Histogram } from '../live/histogram.ts'

/** What a watcher got of the orders it watches. */
export interface Receipts {
  /** When the last change arrived; 0 before the first. */
  lastMs: number
  /** A change arrived. */
  took(order: number, version: number, atMs: number): void
  /** A snapshot showed the order at this version: what is older need not come any more. */
  sawWhole(order: number, version: number): void
}

/** The verdict on what all watchers got. */
export interface Verdict {
  arrivals: number
  /** Changes in the database that a watcher of their order got neither as a change nor in a snapshot. */
  lost: number
  /** Changes that came after a later one of their order. */
  reordered: number
  doubled: number
  latencies: Histogram
}

interface Watched {
  orders: readonly number[]
  versions: Map<number, Set<number>>
  whole: Map<number, number>
  highest: Map<number, number>
}

/** Keeps what was committed and what arrived, in one clock, and compares them with the database at the end. */
export function createLedger() {
  const committedAt = new Map<string, number>()
  const arrivals: { key: string; atMs: number }[] = []
  const watchers: Watched[] = []
  let reordered = 0
  let doubled = 0

  return {
    committed(order: number, version: number, atMs: number): void {
      committedAt.set(`${order}:${version}`, atMs)
    },
    commits: () => committedAt.size,
    watcher(orders: readonly number[]): Receipts {
      const watched: Watched = { orders, versions: new Map(), whole: new Map(), highest: new Map() }
      for (const order of orders) watched.versions.set(order, new Set())
      watchers.push(watched)
      const receipts: Receipts = {
        lastMs: 0,
        took(order, version, atMs) {
          const versions = watched.versions.get(order)
          if (!versions) return
          const highest = watched.highest.get(order) ?? 0
          if (versions.has(version)) doubled++
          else if (version < highest) reordered++
          versions.add(version)
          watched.highest.set(order, Math.max(highest, version))
          arrivals.push({ key: `${order}:${version}`, atMs })
          receipts.lastMs = atMs
        },
        sawWhole: (order, version) => void watched.whole.set(order, Math.max(watched.whole.get(order) ?? 0, version)),
      }
      return receipts
    },
    /** So many changes are in the database that some watcher has not got yet. */
    missing: (before: readonly number[], now: readonly number[]) =>
      watchers.reduce((sum, watched) => sum + missing(watched, before, now), 0),
    /** Compares with the versions that orders had before and have now in the database; latencies are of what came before `untilMs`. */
    verdict(before: readonly number[], now: readonly number[], untilMs = Number.POSITIVE_INFINITY): Verdict {
      const latencies = createHistogram()
      for (const { key, atMs } of arrivals) {
        const from = committedAt.get(key)
        if (from !== undefined && atMs < untilMs) latencies.add(atMs - from)
      }
      return { arrivals: arrivals.length, lost: this.missing(before, now), reordered, doubled, latencies }
    },
  }
}

/** What was committed and what arrived. */
export type Ledger = ReturnType<typeof createLedger>

function missing({ orders, versions, whole }: Watched, before: readonly number[], now: readonly number[]): number {
  let count = 0
  for (const order of orders) {
    const first = Math.max(before[order]!, whole.get(order) ?? 0) + 1
    for (let version = first; version <= now[order]!; version++) if (!versions.get(order)!.has(version)) count++
  }
  return count
}
