/** The server's clock as this phone knows it: what it said, and how fast it runs. */
export interface ServerClock {
  /** The server said what time it is. */
  sync(serverNowMs: number, speed: number): void
  nowMs(): number
  /** A moment of the phone's clock as one of the server's. */
  at(phoneMs: number): number
  speed(): number
}

/** Makes a clock that is the phone's own until the server has been heard; whole milliseconds, as the API takes them. */
export function createServerClock(phoneNowMs: () => number): ServerClock {
  let base = { serverMs: 0, phoneMs: 0, speed: 1 }
  const at = (phoneMs: number) => Math.round(base.serverMs + (phoneMs - base.phoneMs) * base.speed)
  return {
    sync(serverMs, speed) {
      base = { serverMs, phoneMs: phoneNowMs(), speed }
    },
    nowMs: () => at(phoneNowMs()),
    at,
    speed: () => base.speed,
  }
}
