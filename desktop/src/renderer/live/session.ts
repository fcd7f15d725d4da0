import type { SignedIn } from '@doorstep/shared/contract'
import type { Bridge } from '../bridge.ts'
import type { ConsoleStore } from './console-store.ts'
import type { DispatchApi, Refusal } from './dispatch-api.ts'
import type { ServerClock } from './server-clock.ts'

/** Signing in and out, and what follows from it. */
export interface Session {
  /** Goes on with a kept session, or shows the sign-in screen. */
  start(): Promise<void>
  /** Undefined when it worked, else why not. */
  signIn(email: string, password: string): Promise<string | undefined>
  signInToDemo(): Promise<string | undefined>
  /** Takes a token from a sign-in link. */
  takeToken(token: string): Promise<void>
  signOut(): Promise<void>
  /** Shows another zone. */
  enterZone(zoneId: string): Promise<void>
  token(): string | null
}

interface Deps {
  /** Learns the server's time. */
  clock: ServerClock
  store: ConsoleStore
  api: DispatchApi
  bridge: Bridge
  /** Loads the board and opens the live connection. */
  enter: (zoneId?: string) => Promise<void>
  /** Closes the live connection. */
  leave: () => void
}

const STAFF = new Set(['dispatcher', 'admin'])

/** The session of one console. */
export function createSession({ store, api, clock, bridge, enter, leave }: Deps): Session {
  let token: string | null = null
  const use = (next: string | null) => {
    token = next
    api.useToken(next)
  }
  const learnAbout = async () => {
    const about = await api.about()
    if (about.ok) {
      clock.set(about.value.nowMs, about.value.clockSpeed)
      store.setState({ about: about.value })
    } else store.setState({ phase: 'failed', failure: words(about.error) })
    return about.ok
  }
  const take = async (signedIn: SignedIn): Promise<string | undefined> => {
    if (!STAFF.has(signedIn.user.role)) return 'This account is not of dispatch staff'
    use(signedIn.token)
    await bridge.writeToken(signedIn.token)
    store.setState({ me: signedIn.user, phase: 'loading' })
    await enter()
    return undefined
  }
  const resume = async (kept: string | null): Promise<void> => {
    use(kept)
    const me = await api.me()
    if (me.ok && STAFF.has(me.value.role)) {
      // Other seats of the demo share this browser's cookie, so the console takes a session of its own.
      const own = kept === null && store.getState().about?.isDemo ? await api.demo(me.value.role as 'dispatcher' | 'admin') : null
      if (own?.ok) return void (await take(own.value))
      store.setState({ me: me.value, phase: 'loading' })
      return enter()
    }
    if (!me.ok && me.error.code === 'unauthenticated' && kept !== null) {
      await bridge.writeToken(null)
      return resume(null)
    }
    const lost = !me.ok && me.error.code === 'unavailable'
    if (lost) return store.setState({ phase: 'failed', failure: words(me.error) })
    use(null)
    await bridge.writeToken(null)
    store.setState({ phase: 'signed_out', me: null })
  }
  const refused = (error: Refusal) => words(error)

  return {
    token: () => token,
    async enterZone(zoneId) {
      leave()
      store.setState({ phase: 'loading', selection: null, exception: null })
      await enter(zoneId)
    },
    async start() {
      if (!store.getState().about && !(await learnAbout())) return
      await resume(await bridge.readToken())
    },
    async signIn(email, password) {
      const result = await api.login(email, password)
      return result.ok ? take(result.value) : refused(result.error)
    },
    async signInToDemo() {
      const result = await api.demo('dispatcher')
      return result.ok ? take(result.value) : refused(result.error)
    },
    async takeToken(next) {
      if (!store.getState().about && !(await learnAbout())) return
      await bridge.writeToken(next)
      await resume(next)
    },
    async signOut() {
      leave()
      await api.logout()
      use(null)
      await bridge.writeToken(null)
      store.setState({ phase: 'signed_out', me: null, zone: null, orders: new Map(), drivers: new Map(), selection: null })
    },
  }
}

const words = (refusal: Refusal) => (refusal.detail ? `${refusal.title}. ${refusal.detail}` : refusal.title)
