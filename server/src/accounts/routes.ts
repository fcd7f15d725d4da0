import type { HandleRoute } from '../platform/index.ts'
import type { Accounts } from './accounts.ts'
import { sessionCookie, tokenOf } from './session-token.ts'

/** Puts the auth family behind its routes. Browsers get the token as a cookie, marked Secure where HTTPS is spoken. */
export function accountRoutes(handle: HandleRoute, accounts: Accounts, options: { secureCookies: boolean }): void {
  const keep = (setHeader: (name: string, value: string) => void, token: string | null) =>
    setHeader('set-cookie', sessionCookie(token, options.secureCookies))

  handle('POST /auth/register', async ({ body, address, setHeader }) => {
    const signedIn = await accounts.register({ ...body, address })
    keep(setHeader, signedIn.token)
    return signedIn
  })
  handle('POST /auth/login', async ({ body, address, setHeader }) => {
    const signedIn = await accounts.signIn({ ...body, address })
    keep(setHeader, signedIn.token)
    return signedIn
  })
  handle('POST /auth/demo', async ({ body, setHeader }) => {
    const signedIn = await accounts.signInToDemo(body)
    keep(setHeader, signedIn.token)
    return signedIn
  })
  handle('POST /auth/logout', async ({ headers, principal, setHeader }) => {
    const token = tokenOf(headers)
    if (token) await accounts.signOut(token, principal.userId)
    keep(setHeader, null)
    return null
  })
  handle('POST /auth/logout-everywhere', async ({ principal, setHeader }) => {
    await accounts.signOutEverywhere(principal.userId)
    keep(setHeader, null)
    return null
  })
  handle('GET /auth/me', ({ principal }) => accounts.me(principal.userId))
}
