import type { Role, SignedIn } from '@doorstep/shared/contract'
import type { UserId } from '@doorstep/shared/domain'
import { AppError, newId } from '../platform/index.ts'
import type { AccountsDeps, Limiters } from './accounts-deps.ts'
import { fitsPassword, hashPassword } from './hash-password.ts'
import { openSession } from './open-session.ts'
import { findUserByEmail, firstDemoUser, insertUser } from './users-sql.ts'

/** Registers a customer and signs them in; `email_taken` where the address has an account. */
export async function registerCustomer(
  { db, clock }: AccountsDeps,
  limiters: Limiters,
  person: { email: string; password: string; name: string; address: string },
): Promise<SignedIn> {
  await limiters.register.take(person.address)
  const nowMs = clock.nowMs()
  const user = await insertUser(db, {
    id: newId<UserId>(nowMs),
    email: person.email,
    name: person.name,
    role: 'customer',
    passwordHash: await hashPassword(person.password),
    merchantId: null,
    driverId: null,
    zoneIds: null,
    isDemo: false,
    createdAt: nowMs,
  })
  if (!user) throw new AppError('email_taken', 'Sign in with it, or register with another one.')
  return openSession(db, user, nowMs)
}

/** Signs in with a password; attempts are limited by account and by where they come from. */
export async function signIn(
  { db, clock }: AccountsDeps,
  limiters: Limiters,
  attempt: { email: string; password: string; address: string },
): Promise<SignedIn> {
  await limiters.loginByAddress.take(attempt.address)
  await limiters.loginByAccount.take(attempt.email)
  const user = await findUserByEmail(db, attempt.email)
  const fits = await fitsPassword(user?.passwordHash, attempt.password)
  if (!user || !fits) throw new AppError('wrong_credentials')
  await limiters.loginByAccount.forgive(attempt.email)
  return openSession(db, user, clock.nowMs())
}

/** Signs in to a demo account without a password; outside demo mode there is no such thing. */
export async function signInToDemo(
  { db, clock, isDemo }: AccountsDeps,
  seat: { role: Role } | { email: string },
): Promise<SignedIn> {
  if (!isDemo) throw new AppError('not_found')
  const user = 'email' in seat ? await findUserByEmail(db, seat.email) : await firstDemoUser(db, seat.role)
  if (!user?.isDemo) throw new AppError('not_found', 'There is no such demo account.')
  return openSession(db, user, clock.nowMs())
}
