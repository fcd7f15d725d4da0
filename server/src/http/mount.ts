import { isDeepStrictEqual } from 'node:util'
import { type RouteKey, type RouteSpec, routes } from '@doorstep/shared/contract'
import type { Context, Hono } from 'hono'
import { AppError, type HandleRoute, type Principal, type RouteHandler, type RouteRequest } from '../platform/index.ts'
import { answerData } from './answer-data.ts'
import type { HttpEnv } from './http-env.ts'
import { parsePart, readBody, readIdempotencyKey, readIfMatch, readQuery, refuseTooLarge } from './read-input.ts'

/** Where the API lives. */
export const API_PREFIX = '/api/v1'

/** What mounting a route takes. */
export interface MountDeps {
  app: Hono<HttpEnv>
  /** Finds the session's token in the headers. */
  tokenOf(headers: Headers): string | undefined
  authenticate(token: string): Promise<Principal | null>
  /** Takes a turn of whoever asks; throws `rate_limited`. */
  takeTurn(principal: Principal | null, address: string): Promise<void>
  maxBodyBytes: number
  /** In tests: a reply that breaks its schema, or says more than it, fails the request. */
  checkReplies: boolean
}

/** Puts handlers behind the routes of the contract. */
export interface Mount {
  handle: HandleRoute
  /** Routes of the table that nobody handles; the server does not start with any. */
  unhandled(): RouteKey[]
}

async function identify(deps: MountDeps, c: Context<HttpEnv>, spec: RouteSpec): Promise<Principal | null> {
  const token = deps.tokenOf(c.req.raw.headers)
  const principal = token ? await deps.authenticate(token) : null
  c.set('principal', principal)
  await deps.takeTurn(principal, c.get('address'))
  if (spec.auth === 'public') return principal
  if (!principal) throw new AppError('unauthenticated')
  if (!spec.auth.includes(principal.role)) throw new AppError('forbidden', `This is for the role ${spec.auth.join(' or ')}.`)
  return principal
}

/** The browser's own word that a page of another site sent this, which a session cookie must not serve. */
function refuseOtherSites(c: Context<HttpEnv>): void {
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!isRead && c.req.header('sec-fetch-site') === 'cross-site')
    throw new AppError('forbidden', 'Requests of other sites are not taken.')
}

function checkReply(key: string, spec: RouteSpec, reply: unknown): void {
  const parsed = spec.reply.safeParse(reply)
  if (!parsed.success) throw new Error(`the reply of ${key} breaks its schema: ${parsed.error.message}`)
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown
  if (!isDeepStrictEqual(plain(parsed.data), plain(reply))) {
    throw new Error(
      `the reply of ${key} says more than its schema: ${JSON.stringify(reply)} instead of ${JSON.stringify(parsed.data)}`,
    )
  }
}

type OwnHeaders = [name: string, value: string][]

async function readRequest(
  c: Context<HttpEnv>,
  spec: RouteSpec,
  around: { principal: Principal | null; own: OwnHeaders; maxBodyBytes: number },
): Promise<RouteRequest<RouteSpec>> {
  const { headers } = c.req.raw
  const { principal, own } = around
  return {
    params: spec.params ? parsePart('params', spec.params, c.req.param()) : {},
    query: spec.query ? parsePart('query', spec.query, readQuery(c)) : {},
    body: spec.body ? parsePart('body', spec.body, (await readBody(c, around.maxBodyBytes)) ?? {}) : {},
    principal,
    idempotencyKey: readIdempotencyKey(headers),
    ifMatch: readIfMatch(headers),
    headers,
    address: c.get('address'),
    setHeader: (name: string, value: string) => void own.push([name, value]),
  } as RouteRequest<RouteSpec>
}

/** Makes the mount: each route authenticates, takes a turn, checks the role, validates, and only then calls its handler. */
export function createMount(deps: MountDeps): Mount {
  const handled = new Set<RouteKey>()
  const { maxBodyBytes } = deps
  const handle: HandleRoute = (key, typedHandler) => {
    if (handled.has(key)) throw new Error(`${key} is handled twice`)
    handled.add(key)
    const spec: RouteSpec = routes[key]
    const handler = typedHandler as unknown as RouteHandler<RouteSpec>
    const [method, path] = key.split(' ') as [string, string]
    deps.app.on(method, `${API_PREFIX}${path}`, async (c) => {
      c.set('routePattern', path)
      refuseOtherSites(c)
      if (spec.body) refuseTooLarge(c, maxBodyBytes)
      const own: OwnHeaders = []
      const principal = await identify(deps, c, spec)
      const reply = await handler(await readRequest(c, spec, { principal, own, maxBodyBytes }))
      if (deps.checkReplies) checkReply(key, spec, reply)
      return answerData(c, spec, reply, own)
    })
  }
  return { handle, unhandled: () => (Object.keys(routes) as RouteKey[]).filter((key) => !handled.has(key)) }
}
