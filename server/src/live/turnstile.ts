/** Lets a few tasks run at a time, the others wait in line. */
export type Turnstile = <Answer>(task: () => Promise<Answer>) => Promise<Answer>

/** A turnstile for so many at a time. */
export function createTurnstile(most: number): Turnstile {
  const line: (() => void)[] = []
  let inside = 0
  return async (task) => {
    if (inside >= most) await new Promise<void>((resolve) => line.push(resolve))
    else inside++
    try {
      return await task()
    } finally {
      // Whoever is next takes the place over, so that nobody slips in between.
      const next = line.shift()
      if (next) next()
      else inside--
    }
  }
}
