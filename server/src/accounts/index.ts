// Who somebody is: users with one of five roles, their sessions, and how often anybody may try.
// Other rooms learn a `Principal` from a token and make users through `ensureUser`; nobody else reads these tables.
export { type Accounts, createAccounts, type NewUser } from './accounts.ts'
export type { AccountLimits, AccountsDeps } from './accounts-deps.ts'
export { type RateLimit, type RateLimiter, type RateLimiterFactory, rateLimiters } from './rate-limits.ts'
export { accountRoutes } from './routes.ts'
export { SESSION_COOKIE, sessionCookie, tokenOf } from './session-token.ts'
