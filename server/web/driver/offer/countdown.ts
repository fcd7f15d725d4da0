/** How much of an offer's time is left, by the server's clock. */
export interface Countdown {
  /** Whole seconds of the wall that are left, rounded up; 0 when it is over. */
  seconds: number
  /** 1 at the beginning, 0 at the end. */
  share: number
  isOver: boolean
}

/** Counts down in server time; with a clock that runs faster the seconds shown are those of the person's wall. */
export function countdown(
  offer: { offeredAtMs: number; expiresAtMs: number },
  serverNowMs: number,
  clockSpeed: number,
): Countdown {
  const leftMs = Math.max(0, offer.expiresAtMs - serverNowMs)
  const wholeMs = Math.max(1, offer.expiresAtMs - offer.offeredAtMs)
  return { seconds: Math.ceil(leftMs / clockSpeed / 1_000), share: Math.min(1, leftMs / wholeMs), isOver: leftMs === 0 }
}
