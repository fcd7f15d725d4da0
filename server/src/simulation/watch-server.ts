import type { About } from '@doorstep/shared/contract'
import type { PeopleClock } from './people-clock.ts'
import { apiClient } from './session.ts'

/** How often the server is asked for its clock, and how long it may be gone, in ms of the wall. */
const LOOK_EVERY_MS = 5_000
const GONE_AFTER_MS = 60_000

/** Keeps the clock with the server's, and says when the server has been gone for too long. */
export async function watchServer(
  baseUrl: string,
  clock: PeopleClock,
  gone: () => void,
): Promise<{ about: About | undefined; stop(): void }> {
  const api = apiClient(baseUrl, () => undefined)
  let heardAtMs = Date.now()

  const look = async () => {
    const askedAtMs = Date.now()
    const about = await api.call('GET /about')
    if (about.ok) {
      heardAtMs = Date.now()
      const { nowMs, clockSpeed } = about.value
      clock.set(nowMs + ((heardAtMs - askedAtMs) / 2) * clockSpeed, clockSpeed)
    } else if (Date.now() - heardAtMs > GONE_AFTER_MS) gone()
    return about.ok ? about.value : undefined
  }
  let about = await look()
  while (!about && Date.now() - heardAtMs <= GONE_AFTER_MS) about = await look()
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  return { about, stop: () => clearInterval(timer) }
}
