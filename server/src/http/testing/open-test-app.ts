import { join } from 'node:path'
import { accountRoutes, createAccounts, rateLimiters, SESSION_COOKIE, sessionCookie, tokenOf } from '../../accounts/index.ts'
import { catalogRoutes, createCatalog } from '../../catalog/index.ts'
import { createMetrics, manualClock, silentLog } from '../../platform/index.ts'
import { createTestDatabase } from '../../platform/testing.ts'
import { createHttpApp, type HttpDeps } from '../index.ts'

/** A Wednesday noon in New York, 17:00 UTC. */
export const NOON_MS = Date.UTC(2026, 10, 25, 17)

/** What a test may turn. */
export interface TestAppOptions {
  isDemo?: boolean
  loginsPerAccount?: number
  requestsPerMinute?: number
  http?: Partial<HttpDeps>
}

/** An answer with its body read. */
export interface Answer {
  status: number
  headers: Headers
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into replies of every shape
  body: any
}

/** The app with accounts and catalogue on a database of its own. */
export async function openTestApp(options: TestAppOptions = {}) {
  const database = await createTestDatabase()
  const clock = manualClock(NOON_MS)
  const log = silentLog()
  const db = database.sql
  const rateLimiter = rateLimiters()
  const limits = { loginsPerAccount: options.loginsPerAccount ?? 1_000, loginsPerAddress: 1_000, registrationsPerAddress: 1_000 }
  const accounts = await createAccounts({ db, clock, log, rateLimiter, limits, isDemo: options.isDemo ?? true })
  const catalog = createCatalog({ db, clock })
  const requests = rateLimiter({ name: 'requests', turns: options.requestsPerMinute ?? 100_000, perSeconds: 60 })
  const http = createHttpApp({
    log,
    metrics: createMetrics(),
    clock,
    tokenOf,
    sessionCookieName: SESSION_COOKIE,
    authenticate: accounts.authenticate,
    takeTurn: (principal, address) => requests.take(principal?.userId ?? address),
    checkReady: async () => void (await db`select 1`),
    demoSignIn: async (role) => sessionCookie((await accounts.signInToDemo({ role: role as never })).token, false),
    webFolder: join(import.meta.dirname, 'no-such-folder'),
    docsFolder: join(import.meta.dirname, '../../../../docs'),
    version: '0.0.0',
    proxies: 0,
    maxBodyBytes: 262_144,
    checkReplies: true,
    ...options.http,
  })
  accountRoutes(http.handle, accounts, { secureCookies: false })
  catalogRoutes(http.handle, catalog)

  /** Sends a request to the API and reads the answer; an object as body goes as JSON. */
  const ask = async (
    method: string,
    path: string,
    send: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const isText = typeof send.body === 'string'
    const response = await http.app.request(path.startsWith('/') ? path : `/api/v1/${path}`, {
      method,
      headers: {
        ...(send.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(send.token ? { authorization: `Bearer ${send.token}` } : {}),
        ...send.headers,
      },
      ...(send.body === undefined ? {} : { body: isText ? (send.body as string) : JSON.stringify(send.body) }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text } satisfies Answer
  }

  return {
    ...http,
    ask,
    accounts,
    catalog,
    clock,
    db,
    async close() {
      await accounts.stop()
      await database.drop()
    },
  }
}

export type TestApp = Awaited<ReturnType<typeof openTestApp>>
