import { z } from 'zod'
import { driverId, merchantId, nothing, ROLES, type RouteTable, role, text, timeMs, userId, zoneId } from './primitives.ts'

/** An e-mail address, compared without regard to case. */
export const email = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email())
  .transform((value) => value.toLowerCase()) as unknown as z.ZodType<string, string>

/** Long rather than clever (NIST SP 800-63B): any characters, 8 to 200 of them. */
export const password = z.string().min(8).max(200)

/** The person behind a session, as they see themselves. */
export const me = z.object({
  id: userId,
  email: z.string(),
  name: z.string(),
  role,
  merchantId: merchantId.nullable().describe('With the role merchant: whose staff'),
  driverId: driverId.nullable().describe('With the role driver'),
  zoneIds: z.array(zoneId).nullable().describe('With the role dispatcher: limited to these zones; null for all'),
})
export type Me = z.infer<typeof me>

/** What signing in answers; browsers get the token in an HttpOnly cookie as well. */
export const signedIn = z.object({
  token: z.string().describe('Send it as Authorization: Bearer'),
  expiresAtMs: timeMs.describe('Moves on with use: 24 hours after the last request'),
  user: me,
})
export type SignedIn = z.infer<typeof signedIn>

export const registerBody = z.object({ email, password, name: text(80) })
export const loginBody = z.object({ email, password: z.string().min(1).max(200) })
export const demoBody = z.union([z.object({ role }), z.object({ email })])
/** A link of the demo: which seat to sign in to. The signed-in browser is sent to the role's surface. */
export const demoQuery = z.object({ role: role.optional(), email: email.optional() })

/** Routes of the auth family. */
export const accountRoutes = {
  'POST /auth/register': {
    summary: 'Register as a customer',
    tag: 'auth',
    auth: 'public',
    body: registerBody,
    reply: signedIn,
    status: 201,
  },
  'POST /auth/login': { summary: 'Sign in', tag: 'auth', auth: 'public', body: loginBody, reply: signedIn },
  'POST /auth/demo': {
    summary: 'Sign in to a demo account, without a password',
    description: 'Only in demo mode, which listens on loopback alone; elsewhere there is no such thing.',
    tag: 'auth',
    auth: 'public',
    body: demoBody,
    reply: signedIn,
  },
  'POST /auth/logout': { summary: 'End this session at once', tag: 'auth', auth: ROLES, reply: nothing, status: 204 },
  'POST /auth/logout-everywhere': {
    summary: 'End every session of this account at once',
    tag: 'auth',
    auth: ROLES,
    reply: nothing,
    status: 204,
  },
  'GET /auth/me': { summary: 'Who I am', tag: 'auth', auth: ROLES, reply: me },
} as const satisfies RouteTable
