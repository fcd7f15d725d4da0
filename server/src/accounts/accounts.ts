import type { Me, Role, SignedIn } from '@doorstep/shared/contract'
import type { DriverId, MerchantId, UserId, ZoneId } from '@doorstep/shared/domain'
import { AppError, newId, type Principal, type Sql } from '../platform/index.ts'
import type { AccountsDeps, Limiters } from './accounts-deps.ts'
import { type Authenticator, createAuthenticator } from './authenticate.ts'
import { hashPassword } from './hash-password.ts'
import { toMe } from './open-session.ts'
import { hashToken } from './session-token.ts'
import { deleteExpiredSessions, deleteSession, deleteSessionsOfUser } from './sessions-sql.ts'
import { registerCustomer, signIn, signInToDemo } from './sign-in.ts'
import { demoUsers, findUserByEmail, findUserById, insertUser } from './users-sql.ts'

/** A user to make; without a password only a demo account can be signed in to. */
export interface NewUser {
  email: string
  name: string
  role: Role
  password?: string
  merchantId?: MerchantId
  driverId?: DriverId
  zoneIds?: readonly ZoneId[]
  isDemo?: boolean
}

/** What other rooms can ask of accounts. */
export interface Accounts {
  authenticate(token: string): Promise<Principal | null>
  /** Calls back when sessions of a user were ended, so that live connections can end as well; the answer stops it. */
  onRevoked: Authenticator['onRevoked']
  register(person: { email: string; password: string; name: string; address: string }): Promise<SignedIn>
  signIn(attempt: { email: string; password: string; address: string }): Promise<SignedIn>
  signInToDemo(seat: { role: Role } | { email: string }): Promise<SignedIn>
  signOut(token: string, userId: UserId): Promise<void>
  signOutEverywhere(userId: UserId): Promise<void>
  me(userId: UserId): Promise<Me>
  /** Makes a user in the caller's transaction, or answers the one that has the e-mail address already. */
  ensureUser(sql: Sql, user: NewUser): Promise<Me>
  /** Demo users of a role, in the order they were made. */
  demoUsers(role: Role): Promise<Me[]>
  /** Forgets sessions that have expired; for a daily task. */
  forgetExpired(): Promise<number>
  stop(): Promise<void>
}

async function ensureUser(sql: Sql, user: NewUser, nowMs: number): Promise<Me> {
  const email = user.email.trim().toLowerCase()
  const existing = await findUserByEmail(sql, email)
  if (existing) return toMe(existing)
  const made = await insertUser(sql, {
    id: newId<UserId>(nowMs),
    email,
    name: user.name,
    role: user.role,
    passwordHash: user.password === undefined ? null : await hashPassword(user.password),
    merchantId: user.merchantId ?? null,
    driverId: user.driverId ?? null,
    zoneIds: user.zoneIds ? [...user.zoneIds] : null,
    isDemo: user.isDemo ?? false,
    createdAt: nowMs,
  })
  return toMe(made ?? (await findUserByEmail(sql, email))!)
}

/** Opens the room: users, sessions, who somebody is. */
export async function createAccounts(deps: AccountsDeps): Promise<Accounts> {
  const { db, clock, limits, rateLimiter } = deps
  const authenticator = await createAuthenticator(deps)
  const limiters: Limiters = {
    register: rateLimiter({ name: 'register', turns: limits.registrationsPerAddress, perSeconds: 3600 }),
    loginByAccount: rateLimiter({ name: 'login-account', turns: limits.loginsPerAccount, perSeconds: 900 }),
    loginByAddress: rateLimiter({ name: 'login-address', turns: limits.loginsPerAddress, perSeconds: 900 }),
  }
  return {
    authenticate: authenticator.authenticate,
    onRevoked: authenticator.onRevoked,
    register: (person) => registerCustomer(deps, limiters, person),
    signIn: (attempt) => signIn(deps, limiters, attempt),
    signInToDemo: (seat) => signInToDemo(deps, seat),
    async signOut(token, userId) {
      await deleteSession(db, hashToken(token))
      authenticator.forget(userId)
    },
    async signOutEverywhere(userId) {
      await deleteSessionsOfUser(db, userId)
      authenticator.forget(userId)
    },
    async me(userId) {
      const user = await findUserById(db, userId)
      if (!user) throw new AppError('not_found')
      return toMe(user)
    },
    ensureUser: (sql, user) => ensureUser(sql, user, clock.nowMs()),
    demoUsers: async (role) => (await demoUsers(db, role)).map(toMe),
    forgetExpired: () => deleteExpiredSessions(db, clock.nowMs()),
    stop: authenticator.stop,
  }
}
