import type { ApiProblem, HttpClient } from '@doorstep/shared/client'
import type { Me } from '@doorstep/shared/contract'
import type { Result } from '@doorstep/shared/domain'
import { create, type StoreApi, type UseBoundStore } from 'zustand'

/** Who is in front of the page; `unknown` until the server has been asked. */
export type SessionState = { status: 'unknown' | 'signed_out'; me: null } | { status: 'signed_in'; me: Me }

/** Signing in and out by the server's cookie; no token is kept by the page. */
export interface Session {
  use: UseBoundStore<StoreApi<SessionState>>
  load(): Promise<void>
  signIn(email: string, password: string): Promise<Result<unknown, ApiProblem>>
  register(email: string, password: string, name: string): Promise<Result<unknown, ApiProblem>>
  signInToDemo(role: Me['role']): Promise<Result<unknown, ApiProblem>>
  signOut(): Promise<void>
  /** The server said that the session is over. */
  ended(): void
}

/** Makes the session of a view; `api` is asked for late because the two know each other. */
export function createSession(api: () => HttpClient): Session {
  const use = create<SessionState>(() => ({ status: 'unknown', me: null }))
  const ended = () => use.setState({ status: 'signed_out', me: null })
  const signedIn = <T extends Result<{ user: Me }, ApiProblem>>(result: T): T => {
    if (result.ok) use.setState({ status: 'signed_in', me: result.value.user })
    return result
  }
  return {
    use,
    ended,
    async load() {
      const result = await api().call('GET /auth/me')
      if (result.ok) use.setState({ status: 'signed_in', me: result.value })
      else if (result.error.kind === 'refused') ended()
    },
    signIn: async (email, password) => signedIn(await api().call('POST /auth/login', { body: { email, password } })),
    register: async (email, password, name) =>
      signedIn(await api().call('POST /auth/register', { body: { email, password, name } })),
    signInToDemo: async (role) => signedIn(await api().call('POST /auth/demo', { body: { role } })),
    async signOut() {
      await api().call('POST /auth/logout')
      ended()
    },
  }
}
