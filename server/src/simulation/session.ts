import { createHttpClient, type HttpClient } from '@doorstep/shared/client'
import type { Me } from '@doorstep/shared/contract'

/** Somebody who is signed in: their profile, their token as it is now, and the API in their name. */
export interface Session {
  me: Me
  token(): string
  call: HttpClient['call']
  /** Signs in again, for when the session has ended. */
  renew(): Promise<void>
}

/** Why nobody signed in: there is no such account, or nobody answered in good time. */
export type SignInFailure = 'no_account' | 'unreachable'

/** Makes calls to the server at this address, of which `token` says who makes them. */
export function apiClient(baseUrl: string, token: () => string | undefined, onSignedOut?: () => void): HttpClient {
  return createHttpClient({
    baseUrl,
    token,
    fetch: (url, init) => fetch(url, init),
    newId: () => crypto.randomUUID(),
    ...(onSignedOut ? { onSignedOut } : {}),
  })
}

/** Signs in to a demo account; asks again as long as there is a crowd at the door. */
export async function signIn(
  baseUrl: string,
  email: string,
  wait: (ms: number) => Promise<void>,
): Promise<Session | SignInFailure> {
  const anyone = apiClient(baseUrl, () => undefined)
  const enter = async () => {
    for (let tries = 1; ; tries++) {
      const entered = await anyone.call('POST /auth/demo', { body: { email } })
      if (entered.ok) return entered.value
      const { error } = entered
      if (error.kind === 'refused' && error.problem.code === 'not_found') return 'no_account'
      if (tries >= 10) return 'unreachable'
      await wait(error.kind === 'refused' ? (error.problem.retryAfterS ?? 2) * 1_000 : 2_000)
    }
  }
  const first = await enter()
  if (typeof first === 'string') return first
  let current = first
  let renewing: Promise<void> | undefined
  const renew = () => {
    renewing ??= enter()
      .then((again) => {
        if (typeof again !== 'string') current = again
      })
      .finally(() => {
        renewing = undefined
      })
    return renewing
  }
  const client = apiClient(
    baseUrl,
    () => current.token,
    () => void renew(),
  )
  return { me: first.user, token: () => current.token, call: client.call, renew }
}
