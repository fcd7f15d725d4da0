import { type RouteKey, routes } from '@doorstep/shared/contract'
import { type Context, Hono } from 'hono'
import { AppError, type Clock, type HandleRoute, type Log, type Metrics, type Principal } from '../platform/index.ts'
import { mountDocs } from './docs-pages.ts'
import type { HttpEnv } from './http-env.ts'
import { API_PREFIX, createMount } from './mount.ts'
import { observeRequests } from './observe-requests.ts'
import { createErrorHandler } from './problem-response.ts'
import { serveFile } from './serve-file.ts'
import { createWebViews } from './web-views.ts'

/** What the HTTP app needs of the rest of the house. */
export interface HttpDeps {
  log: Log
  metrics: Metrics
  clock: Clock
  tokenOf(headers: Headers): string | undefined
  sessionCookieName: string
  authenticate(token: string): Promise<Principal | null>
  takeTurn(principal: Principal | null, address: string): Promise<void>
  /** Throws while the node should get no traffic; what /readyz asks. */
  checkReady(): Promise<void>
  /** What works less well although the node is ready, a sentence each; /readyz says it. */
  degraded?: () => readonly string[]
  /** Signs in to a demo account and answers the cookie to set; undefined outside demo mode. */
  demoSignIn?: (role: string) => Promise<string>
  /** The map and the public description of the city, where there is one. */
  city?: { basemapFile: string; manifest: unknown }
  webFolder: string
  docsFolder: string
  version: string
  /** How many trusted proxies stand in front. */
  proxies: number
  maxBodyBytes: number
  /** Needed to read /metrics, where set. */
  metricsToken?: string
  checkReplies?: boolean
}

/** The app, and how rooms come into it. */
export interface HttpApp {
  app: Hono<HttpEnv>
  handle: HandleRoute
  unhandled(): RouteKey[]
}

const SURFACES: Record<string, string> = {
  customer: '/',
  driver: '/driver',
  merchant: '/merchant',
  dispatcher: '/console',
  admin: '/console',
}

function mountHealth(app: Hono<HttpEnv>, deps: HttpDeps): void {
  app.get('/healthz', (c) => c.text('ok\n'))
  app.get('/readyz', async (c) => {
    try {
      await deps.checkReady()
    } catch (cause) {
      throw new AppError('unavailable', 'This node is not ready.', { cause })
    }
    const degraded = deps.degraded?.() ?? []
    return c.text(['ready', ...degraded.map((what) => `degraded: ${what}`), ''].join('\n'))
  })
  app.get('/metrics', async (c) => {
    if (deps.metricsToken && c.req.header('authorization') !== `Bearer ${deps.metricsToken}`)
      throw new AppError('unauthenticated')
    const { body, contentType } = await deps.metrics.exposition()
    return c.body(body, 200, { 'content-type': contentType })
  })
}

function mountCity(app: Hono<HttpEnv>, city: NonNullable<HttpDeps['city']>): void {
  app.get('/city/basemap.pmtiles', (c) => serveFile(c, city.basemapFile, 'application/vnd.pmtiles', 'public, max-age=3600'))
  app.get('/city/pack.json', (c) => c.json(city.manifest as object, 200, { 'cache-control': 'no-cache' }))
}

function mountDemoLinks(app: Hono<HttpEnv>, signIn: NonNullable<HttpDeps['demoSignIn']>): void {
  app.get('/demo/:role', async (c) => {
    const role = c.req.param('role')
    const surface = SURFACES[role]
    if (!surface) throw new AppError('not_found')
    c.header('set-cookie', await signIn(role))
    return c.redirect(surface, 303)
  })
}

const patterns = Object.keys(routes).map((key) => {
  const [method, path] = key.split(' ') as [string, string]
  return { method, pattern: new RegExp(`^${API_PREFIX}${path.replaceAll(/:\w+/g, '[^/]+')}$`) }
})

/** The methods that an address of the API takes. */
function methodsAt(path: string): string[] {
  return patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
}

async function notFound(c: Context<HttpEnv>, views: (c: Context) => Promise<Response | undefined>): Promise<Response> {
  const { path } = c.req
  if (path === '/api' || path.startsWith('/api/')) {
    const allowed = methodsAt(path)
    if (allowed.length === 0) throw new AppError('not_found', 'There is no such route; see /docs.')
    c.header('allow', allowed.join(', '))
    throw new AppError('method_not_allowed', `It takes ${allowed.join(', ')}.`)
  }
  const page = await views(c)
  if (!page) throw new AppError('not_found')
  return page
}

/** Makes the app: what is around every request, health, documentation, the web views; rooms add routes by `handle`. */
export function createHttpApp(deps: HttpDeps): HttpApp {
  const app = new Hono<HttpEnv>()
  const onError = createErrorHandler(deps.log)
  app.use(observeRequests(deps))
  const mount = createMount({ ...deps, app, checkReplies: deps.checkReplies ?? false })
  mountHealth(app, deps)
  mountDocs(app, { version: deps.version, cookie: deps.sessionCookieName, docsFolder: deps.docsFolder })
  if (deps.city) mountCity(app, deps.city)
  if (deps.demoSignIn) mountDemoLinks(app, deps.demoSignIn)
  const views = createWebViews(deps.webFolder)
  app.onError((error, c) => onError(error, c))
  app.notFound(async (c) => {
    try {
      return await notFound(c, views)
    } catch (error) {
      return onError(error, c)
    }
  })
  return { app, handle: mount.handle, unhandled: mount.unhandled }
}
