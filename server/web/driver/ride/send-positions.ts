import type { HttpClient, LiveClient } from '@doorstep/shared/client'
import type { PositionFix } from '@doorstep/shared/contract'
import { type Fix, isDue, keepFix, nextSeq } from './position-pace.ts'

/** What sending positions needs. */
export interface PositionDeps {
  client: HttpClient
  live: () => Pick<LiveClient, 'sendPosition' | 'state'> | undefined
  /** The phone's clock, for the pace. */
  nowMs: () => number
  /** How many wait for a connection. */
  keptChanged: (count: number) => void
}

/** Sends positions at a pace over the live connection, keeps them while there is none, and sends the kept ones first. */
export interface Positions {
  /** Takes a fix; with `now` it goes out whatever the pace: the phone came back from the background. */
  take(fix: Fix, now?: boolean): void
  /** There may be a connection again. */
  flush(): void
}

/** So many at a time over HTTP, the most the route takes. */
const BATCH = 100
/** With the live connection down this long, HTTP is tried for single positions too. */
const HTTP_PACE_MS = 10_000

/** Makes a sender of positions. */
export function createPositions(deps: PositionDeps): Positions {
  let lastSent: Fix | undefined
  let sentAtMs: number | undefined
  let kept: PositionFix[] = []
  let seq = 0
  let isFlushing = false
  let triedAtMs = 0

  const setKept = (next: PositionFix[]) => {
    kept = next
    deps.keptChanged(kept.length)
  }
  const flush = async () => {
    if (isFlushing || kept.length === 0) return
    isFlushing = true
    triedAtMs = deps.nowMs()
    try {
      while (kept.length > 0) {
        const batch = kept.slice(0, BATCH)
        const sent = await deps.client.call('POST /driver/location', { body: { fixes: batch } })
        if (!sent.ok && sent.error.kind !== 'refused') return
        const gone = new Set(batch)
        setKept(kept.filter((fix) => !gone.has(fix)))
      }
    } finally {
      isFlushing = false
    }
  }

  return {
    take(fix, now = false) {
      const atMs = deps.nowMs()
      if (!now && !isDue(fix, lastSent, sentAtMs === undefined ? undefined : atMs - sentAtMs)) return
      lastSent = fix
      sentAtMs = atMs
      seq = nextSeq(seq, atMs)
      const live = deps.live()
      const isUp = live !== undefined && (live.state() === 'live' || live.state() === 'catching_up')
      if (isUp && kept.length === 0 && live.sendPosition(wire(fix, seq))) return
      setKept(keepFix(kept, { ...fix, seq, battery: null }))
      if (isUp || atMs - triedAtMs >= HTTP_PACE_MS) void flush()
    },
    flush: () => void flush(),
  }
}

function wire(fix: Fix, seq: number) {
  const { lat, lon, atMs, courseDeg, speedMps, accuracyM } = fix
  const none = Number.NaN
  return {
    lat,
    lon,
    atMs,
    seq,
    courseDeg: courseDeg ?? none,
    speedMps: speedMps ?? none,
    accuracyM: accuracyM ?? none,
    battery: none,
  }
}
