import { hash, randomBytes } from 'node:crypto'

/** Name of the browsers' cookie. */
export const SESSION_COOKIE = 'doorstep_session'
/** The cookie outlives the session, whose end the server alone decides and moves on with use. */
const COOKIE_MAX_AGE_S = 30 * 24 * 3600
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** An opaque token of 256 random bits. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is stored of a token. It is random, so that a fast hash is enough. */
export const hashToken = (token: string): Buffer => hash('sha256', token, 'buffer')

/** The token a request carries: `Authorization: Bearer`, else the cookie. Undefined where neither looks like one. */
export function tokenOf(headers: Headers): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1]
  const token = bearer ?? cookieOf(headers.get('cookie') ?? '')
  return token && TOKEN.test(token) ? token : undefined
}

function cookieOf(header: string): string | undefined {
  for (const part of header.split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (name === SESSION_COOKIE) return value
  }
  return undefined
}

/** The `Set-Cookie` that keeps a token in a browser, or with null takes it away. */
export function sessionCookie(token: string | null, isSecure: boolean): string {
  const life = token ? COOKIE_MAX_AGE_S : 0
  return `${SESSION_COOKIE}=${token ?? ''}; Path=/; Max-Age=${life}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
}
