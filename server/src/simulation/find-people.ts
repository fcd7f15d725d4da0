import { demoEmail } from './demo-email.ts'
import { type Session, signIn } from './session.ts'

/** How many sign in at once: quickly enough for a living city, slowly enough for a server that has other things to do. */
const LANES = 6

/**
 * Signs in to the demo accounts of a kind, number after number until there is none, and hands each over as it comes.
 * Answers how many there were.
 */
export async function findPeople(
  baseUrl: string,
  kind: 'driver' | 'merchant' | 'customer',
  numbers: { from: number; until: number },
  arrived: (session: Session, number: number) => void,
): Promise<number> {
  const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))
  let next = numbers.from
  let found = 0
  let isOver = false
  const lane = async () => {
    while (!isOver && next <= numbers.until) {
      const number = next++
      const session = await signIn(baseUrl, demoEmail(kind, number), wait)
      if (typeof session === 'string') isOver = true
      else {
        found++
        arrived(session, number)
      }
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return found
}
