import type { Eta } from '@doorstep/shared/contract'

/** The widest window of an arrival that was shown on this device, and when it last became narrower. */
export interface WidestWindow {
  fromMs: number
  toMs: number
  lastEarliestMs: number
  lastLatestMs: number
  narrowedAtMs: number | null
}

const MINUTE_MS = 60_000

/** The window as people read it: whole minutes, never an empty one. */
export function readableWindow(eta: Pick<Eta, 'earliestMs' | 'latestMs'>): { earliestMs: number; latestMs: number } {
  const earliestMs = Math.floor(eta.earliestMs / MINUTE_MS) * MINUTE_MS
  return { earliestMs, latestMs: Math.max(Math.ceil(eta.latestMs / MINUTE_MS) * MINUTE_MS, earliestMs + MINUTE_MS) }
}

/** Takes the next window into what was seen: it grows to hold everything shown, and remembers when it last narrowed. */
export function widen(seen: WidestWindow | undefined, eta: Pick<Eta, 'earliestMs' | 'latestMs'>, nowMs: number): WidestWindow {
  const { earliestMs, latestMs } = readableWindow(eta)
  const last = { lastEarliestMs: earliestMs, lastLatestMs: latestMs }
  if (!seen) return { fromMs: earliestMs, toMs: latestMs, ...last, narrowedAtMs: null }
  const isNarrower = latestMs - earliestMs < seen.lastLatestMs - seen.lastEarliestMs
  return {
    fromMs: Math.min(seen.fromMs, earliestMs),
    toMs: Math.max(seen.toMs, latestMs),
    ...last,
    narrowedAtMs: isNarrower ? nowMs : seen.narrowedAtMs,
  }
}

/** What was seen of an order before, in this tab. */
export function recallWindow(orderId: string): WidestWindow | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(`doorstep.window.${orderId}`) ?? 'null') ?? undefined
  } catch {
    return undefined // nothing usable is stored
  }
}

/** Keeps what was seen for a reload. */
export function rememberWindow(orderId: string, window: WidestWindow): void {
  try {
    sessionStorage.setItem(`doorstep.window.${orderId}`, JSON.stringify(window))
  } catch {
    // not allowed here: the bar starts anew with the page
  }
}
