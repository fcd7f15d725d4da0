import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { NOON_MS, openTestApp, type TestApp } from '../http/testing.ts'
import { manualClock, silentLog } from '../platform/index.ts'
import { createAccounts, rateLimiters } from './index.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ loginsPerAccount: 3 })
})
afterAll(() => app.close())

const HOUR_MS = 3_600_000
let people = 0
async function registered() {
  const email = `person-${++people}@example.org`
  const { status, body } = await app.ask('POST', 'auth/register', { body: { email, password: 'correct horse', name: 'Ada' } })
  expect(status).toBe(201)
  return { email, token: body.token as string, user: body.user, body }
}

describe('registering', () => {
  it('signs a customer in, and knows them by the token afterwards', async () => {
    const { token, user, body } = await registered()
    expect(user).toMatchObject({ role: 'customer', name: 'Ada', merchantId: null, driverId: null, zoneIds: null })
    expect(body.expiresAtMs).toBe(NOON_MS + 24 * HOUR_MS)
    expect((await app.ask('GET', 'auth/me', { token })).body).toEqual(user)
  })

  it('takes an e-mail address once, whatever its case', async () => {
    const { email } = await registered()
    const again = await app.ask('POST', 'auth/register', {
      body: { email: email.toUpperCase(), password: 'another one', name: 'B' },
    })
    expect(again).toMatchObject({ status: 409, body: { code: 'email_taken' } })
  })

  it('never makes anything but a customer', async () => {
    const body = { email: 'sly@example.org', password: 'correct horse', name: 'Sly', role: 'admin', isDemo: true }
    expect((await app.ask('POST', 'auth/register', { body })).body.user.role).toBe('customer')
  })

  it('keeps neither password nor token as it was given', async () => {
    const { email, token } = await registered()
    const [user] = await app.db`select password_hash from users where email = ${email}`
    expect(user!['passwordHash']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    const dump = JSON.stringify(await app.db`select * from sessions`)
    expect(dump).not.toContain(token)
  })
})

describe('signing in', () => {
  it('takes the right password and says the same for a wrong one and for nobody', async () => {
    const { email } = await registered()
    expect((await app.ask('POST', 'auth/login', { body: { email, password: 'correct horse' } })).status).toBe(200)
    const wrong = await app.ask('POST', 'auth/login', { body: { email, password: 'wrong' } })
    const nobody = await app.ask('POST', 'auth/login', { body: { email: 'nobody@example.org', password: 'wrong' } })
    expect(wrong).toMatchObject({ status: 401, body: { code: 'wrong_credentials' } })
    const { requestId: _, ...saidWrong } = wrong.body
    const { requestId: __, ...saidNobody } = nobody.body
    expect(saidNobody).toEqual(saidWrong)
  })

  it('gives an account only so many attempts, and says when to come back', async () => {
    const { email } = await registered()
    for (let i = 0; i < 3; i++) await app.ask('POST', 'auth/login', { body: { email, password: 'wrong' } })
    const refused = await app.ask('POST', 'auth/login', { body: { email, password: 'correct horse' } })
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    expect(Number(refused.headers.get('retry-after'))).toBe(refused.body.retryAfterS)
    expect(refused.body.retryAfterS).toBeGreaterThan(60)
  })

  it('keeps the token of a browser in a cookie that scripts cannot read and other sites do not send', async () => {
    const { email } = await registered()
    const { headers } = await app.ask('POST', 'auth/login', { body: { email, password: 'correct horse' } })
    const cookie = headers.get('set-cookie')!
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax/)
    const me = await app.ask('GET', 'auth/me', { headers: { cookie: `x=1; ${cookie.split(';')[0]}` } })
    expect(me.body.email).toBe(email)
  })

  it('does not let a page of another site use the cookie', async () => {
    const { token } = await registered()
    const headers = { cookie: `doorstep_session=${token}`, 'sec-fetch-site': 'cross-site' }
    expect(await app.ask('POST', 'auth/logout', { headers })).toMatchObject({ status: 403 })
    expect((await app.ask('GET', 'auth/me', { token })).status).toBe(200)
  })
})

describe('a session', () => {
  it('ends at once when it is signed out, though it was in use', async () => {
    const { token } = await registered()
    await app.ask('GET', 'auth/me', { token })
    const out = await app.ask('POST', 'auth/logout', { token })
    expect(out.status).toBe(204)
    expect(out.headers.get('set-cookie')).toMatch(/Max-Age=0/)
    expect(await app.ask('GET', 'auth/me', { token })).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
  })

  it('leaves the others of the account alone, unless all are ended', async () => {
    const { email, token } = await registered()
    const other = (await app.ask('POST', 'auth/login', { body: { email, password: 'correct horse' } })).body.token
    const third = (await app.ask('POST', 'auth/login', { body: { email, password: 'correct horse' } })).body.token
    await app.ask('POST', 'auth/logout', { token })
    expect((await app.ask('GET', 'auth/me', { token: other })).status).toBe(200)
    await app.ask('POST', 'auth/logout-everywhere', { token: other })
    for (const ended of [other, third]) expect((await app.ask('GET', 'auth/me', { token: ended })).status).toBe(401)
  })

  it('that ends on one node ends on every other, and its live connections hear of it', async () => {
    const { token, user } = await registered()
    const limits = { loginsPerAccount: 9, loginsPerAddress: 9, registrationsPerAddress: 9 }
    const clock = manualClock(NOON_MS)
    const deps = { db: app.db, clock, log: silentLog(), rateLimiter: rateLimiters(), limits, isDemo: false }
    const otherNode = await createAccounts(deps)
    const heard: string[] = []
    otherNode.onRevoked((userId) => heard.push(userId))
    expect(await otherNode.authenticate(token)).toMatchObject({ userId: user.id })
    await app.ask('POST', 'auth/logout', { token })
    await vi.waitUntil(() => heard.includes(user.id))
    expect(await otherNode.authenticate(token)).toBeNull()
    await otherNode.stop()
  })

  it('lives 24 hours from its last use, and not a moment longer', async () => {
    const { token } = await registered()
    for (let i = 0; i < 3; i++) {
      app.clock.advance(23 * HOUR_MS)
      expect((await app.ask('GET', 'auth/me', { token })).status).toBe(200)
    }
    app.clock.advance(24 * HOUR_MS - 1)
    expect((await app.ask('GET', 'auth/me', { token })).status).toBe(200)
    app.clock.advance(24 * HOUR_MS)
    expect((await app.ask('GET', 'auth/me', { token })).status).toBe(401)
    expect(await app.accounts.forgetExpired()).toBeGreaterThan(0)
  })
})

describe('the demo', () => {
  it('signs in to demo accounts alone, by role or address, and by a link in the browser', async () => {
    await app.accounts.ensureUser(app.db, { email: 'dispatch@demo', name: 'Dee', role: 'dispatcher', isDemo: true })
    const { email } = await registered()
    expect((await app.ask('POST', 'auth/demo', { body: { role: 'dispatcher' } })).body.user.name).toBe('Dee')
    expect(await app.ask('POST', 'auth/demo', { body: { email } })).toMatchObject({ status: 404 })
    expect(await app.ask('POST', 'auth/demo', { body: { role: 'admin' } })).toMatchObject({ status: 404 })
    const link = await app.ask('GET', '/demo/dispatcher')
    expect(link.status).toBe(303)
    expect(link.headers.get('location')).toBe('/console')
    expect(link.headers.get('set-cookie')).toMatch(/^doorstep_session=\S{43};/)
  })

  it('is not there outside demo mode', async () => {
    const real = await openTestApp({ isDemo: false })
    await real.accounts.ensureUser(real.db, { email: 'a@demo', name: 'A', role: 'admin', isDemo: true })
    expect(await real.ask('POST', 'auth/demo', { body: { role: 'admin' } })).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    })
    await real.close()
  })

  it('makes an account once, however often it is asked for', async () => {
    const user = { email: 'Twice@Example.org', name: 'T', role: 'customer' as const }
    const first = await app.accounts.ensureUser(app.db, user)
    expect(await app.accounts.ensureUser(app.db, user)).toEqual(first)
  })
})
