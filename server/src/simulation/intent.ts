import type { PeopleClock } from './people-clock.ts'

/** The one thing somebody is going to do next; wanting the same thing again does not put it off. */
export interface Intent {
  /** What is wanted, by name; undefined for nothing. */
  key(): string | undefined
  /** Wants this instead of anything else, after a while. */
  want(key: string, afterMs: number, act: () => void): void
  /** Something went wrong: does this after a while that grows with every time in a row. */
  tryAgain(act: () => void): void
  /** It went well: the next trouble counts as the first. */
  wentWell(): void
  drop(): void
}

const RETRY_MS = { first: 2_000, most: 60_000 }

/** Makes an intent; nothing is done unless `mayAct` says so at that moment. */
export function createIntent(clock: PeopleClock, mayAct: () => boolean): Intent {
  let wanted: { key: string; cancel(): void } | undefined
  let failures = 0

  const drop = () => {
    wanted?.cancel()
    wanted = undefined
  }
  const want = (key: string, afterMs: number, act: () => void) => {
    if (wanted?.key === key) return
    drop()
    const cancel = clock.after(afterMs, () => {
      wanted = undefined
      if (mayAct()) act()
    })
    wanted = { key, cancel }
  }
  return {
    key: () => wanted?.key,
    want,
    tryAgain(act) {
      drop()
      want('try again', Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** failures++), act)
    },
    wentWell() {
      failures = 0
    },
    drop,
  }
}
