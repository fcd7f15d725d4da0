import { ERROR_CODES, problem, type RouteKey, type RouteSpec, routes } from '@doorstep/shared/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AppError } from '../platform/index.ts'
import { openTestApp, type TestApp } from './testing/open-test-app.ts'

const table: [RouteKey, RouteSpec][] = Object.entries(routes) as never
let app: TestApp
const tokens: Record<string, string> = {}

beforeAll(async () => {
  app = await openTestApp()
  // What other rooms handle is judged here up to the handler: authentication, role, validation.
  for (const key of app.unhandled()) {
    app.handle(key, () => {
      throw new AppError('not_found')
    })
  }
  for (const role of ['customer', 'dispatcher', 'admin'] as const) {
    await app.accounts.ensureUser(app.db, { email: `${role}@example.org`, name: role, role, isDemo: true })
    tokens[role] = (await app.ask('POST', 'auth/demo', { body: { role } })).body.token
  }
})
afterAll(() => app.close())

const uuid = '0198c0de-0000-7000-8000-000000000000'
const addressOf = (key: RouteKey, parameter = uuid) => {
  const [method, path] = key.split(' ') as [string, string]
  return { method, path: path.slice(1).replaceAll(/:\w+/g, encodeURIComponent(parameter)) }
}

describe('every route', () => {
  it('is refused to nobody unless it is public', async () => {
    for (const [key, spec] of table.filter(([, { auth }]) => auth !== 'public')) {
      const { method, path } = addressOf(key)
      for (const token of [undefined, 'x'.repeat(43), 'short']) {
        const answer = await app.ask(method, path, token ? { token } : {})
        expect([key, answer.status, answer.body.code]).toEqual([key, 401, 'unauthenticated'])
      }
      expect(spec.auth.length).toBeGreaterThan(0)
    }
  })

  it('is refused to every role that it does not name', async () => {
    for (const [key, spec] of table) {
      const { method, path } = addressOf(key)
      for (const [role, token] of Object.entries(tokens)) {
        if (spec.auth === 'public' || spec.auth.includes(role as never)) continue
        expect([key, role, (await app.ask(method, path, { token })).status]).toEqual([key, role, 403])
      }
    }
  })

  it('is documented with parameters, bodies and replies', async () => {
    const { body } = await app.ask('GET', '/docs/openapi.json')
    expect(body.openapi).toBe('3.1.1')
    for (const [key, spec] of table) {
      const [method, path] = key.split(' ') as [string, string]
      const operation = body.paths[`/api/v1${path.replaceAll(/:(\w+)/g, '{$1}')}`][method.toLowerCase()]
      expect(operation.summary, key).toBe(spec.summary)
      const inPath = (operation.parameters ?? [])
        .filter((p: { in: string }) => p.in === 'path')
        .map((p: { name: string }) => p.name)
      expect(inPath, key).toEqual([...path.matchAll(/:(\w+)/g)].map(([, name]) => name))
      expect(Boolean(operation.requestBody), key).toBe(spec.body !== undefined)
      expect(Object.keys(operation.responses), key).toContain(String(spec.status ?? 200))
    }
    expect(JSON.stringify(body)).not.toContain('"$schema"')
  })

  it('never answers 5xx, whatever is sent, and every refusal is a problem', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', ' ', 'null', '-1', '1e999', 'NaN', uuid, '\u0000', 'a\u0000b', '\ud800', '%', '../..', '9'.repeat(400)),
      fc.double().map(String),
    )
    const json = fc.oneof(
      fc.jsonValue(),
      fc.record({ email: fc.anything(), lines: fc.jsonValue(), __proto__: fc.jsonValue() }).map((v) => v as unknown),
    )
    const request = fc.record({
      entry: fc.constantFrom(...table),
      parameter: piece,
      query: fc.dictionary(
        fc.oneof(piece, fc.constantFrom('lat', 'lon', 'cursor', 'limit', 'q', 'category', 'radiusM', 'openNow')),
        piece,
        { maxKeys: 4 },
      ),
      body: fc.oneof(
        json.map((v) => JSON.stringify(v) ?? ''),
        piece,
        fc.constant('{"a":'),
      ),
      type: fc.constantFrom('application/json', 'text/plain', 'application/json; charset=utf-8', ''),
      key: fc.constantFrom(undefined, 'a key', 'key', '\u00e9', ''),
      ifMatch: fc.constantFrom(undefined, '"1"', '*', 'x', '"99999999999999999999"'),
      role: fc.constantFrom(undefined, 'customer', 'dispatcher', 'admin'),
    })
    await fc.assert(
      fc.asyncProperty(request, async ({ entry: [key], parameter, query, body, type, key: idempotencyKey, ifMatch, role }) => {
        const well = (text: string) => Buffer.from(text).toString()
        const { method, path } = addressOf(key, well(parameter))
        const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [well(name), well(value)] as const))
        const headers: Record<string, string> = { 'content-type': type }
        if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
        if (ifMatch !== undefined) headers['if-match'] = ifMatch
        const hasBody = method !== 'GET' && body !== ''
        const answer = await app.ask(method, `${path}?${search}`, {
          headers,
          ...(role && path !== 'auth/logout-everywhere' && path !== 'auth/logout' ? { token: tokens[role]! } : {}),
          ...(hasBody ? { body: well(body) } : {}),
        })
        expect(answer.status, JSON.stringify([key, answer.body])).toBeLessThan(500)
        if (answer.status < 400) return
        expect(answer.headers.get('content-type')).toBe('application/problem+json')
        const { code, status } = problem.parse(answer.body)
        expect(status).toBe(answer.status)
        expect(ERROR_CODES[code].status).toBe(status)
      }),
      { numRuns: 500 },
    )
  })

  it('takes a place next to nothing off the equator and the meridian, where the database has no number for a product', async () => {
    const answer = await app.ask('GET', 'merchants?lat=5e-324&lon=-5e-324', { token: tokens['customer']! })
    expect([answer.status, answer.body.items]).toEqual([200, []])
  })

  it('never answers 5xx to a request that is well formed but makes no sense', async () => {
    const value = (schema: z.ZodType): fc.Arbitrary<unknown> => {
      const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
      return fromJsonSchema(json)
    }
    for (const [key, spec] of table.filter(([key]) => !key.includes('logout'))) {
      const { method, path } = addressOf(key)
      const query = spec.query ? value(spec.query) : fc.constant({})
      const body = spec.body ? value(spec.body) : fc.constant(undefined)
      await fc.assert(
        fc.asyncProperty(query, body, async (q, b) => {
          const search = new URLSearchParams(
            Object.entries(q as object)
              .filter(([, v]) => v !== undefined)
              .map(([k, v]) => [k, Buffer.from(String(v)).toString()] as const),
          )
          const token = tokens[spec.auth === 'public' ? 'customer' : (spec.auth.find((role) => tokens[role]) ?? 'customer')]!
          const answer = await app.ask(method, `${path}?${search}`, { token, ...(b === undefined ? {} : { body: b }) })
          expect(answer.status, JSON.stringify([key, q, b, answer.body])).toBeLessThan(500)
        }),
        { numRuns: 15 },
      )
    }
  })
})

interface JsonSchema {
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  const?: unknown
  enum?: unknown[]
  type?: string
  format?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  prefixItems?: JsonSchema[]
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
}

/** Values that a schema describes: as wild as it allows. */
function fromJsonSchema(schema: JsonSchema): fc.Arbitrary<unknown> {
  const options = schema.anyOf ?? schema.oneOf
  if (options) return fc.oneof(...options.map(fromJsonSchema))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'object': {
      const required = new Set(schema.required ?? [])
      const properties = Object.entries(schema.properties ?? {})
      return fc.record(Object.fromEntries(properties.map(([name, property]) => [name, fromJsonSchema(property)])), {
        requiredKeys: [...required],
      })
    }
    case 'array': {
      const items = schema.items ?? schema.prefixItems?.[0] ?? {}
      return fc.array(fromJsonSchema(items), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 60),
      })
    }
    case 'integer':
      return fc.integer({
        min: Math.max(schema.minimum ?? -1e9, -(2 ** 53) + 1),
        max: Math.min(schema.maximum ?? 1e9, 2 ** 53 - 1),
      })
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      if (schema.format === 'uuid') return fc.uuid()
      if (schema.format === 'email') return fc.emailAddress()
      return fc.string({
        unit: 'binary',
        minLength: schema.minLength ?? 0,
        maxLength: Math.min(schema.maxLength ?? 50, 120),
      })
    default:
      return fc.jsonValue()
  }
}

describe('the API', () => {
  it('says in a problem what was wrong with which field, and under which id to look for it', async () => {
    const { status, headers, body } = await app.ask('POST', 'auth/register', {
      body: { email: 'no', name: '' },
      headers: { 'x-request-id': 'my-request-1' },
    })
    expect(status).toBe(400)
    expect(headers.get('x-request-id')).toBe('my-request-1')
    expect(body).toMatchObject({
      type: '/docs/errors#invalid_input',
      status: 400,
      code: 'invalid_input',
      requestId: 'my-request-1',
    })
    const rules = Object.fromEntries(body.errors.map((e: { field: string; rule: string }) => [e.field, e.rule]))
    expect(rules).toEqual({ 'body.email': 'invalid_format', 'body.password': 'invalid_type', 'body.name': 'too_small' })
  })

  it('refuses what is not JSON, and more than it takes', async () => {
    const login = (body: string, type: string) => app.ask('POST', 'auth/login', { body, headers: { 'content-type': type } })
    expect(await login('{"a":', 'application/json')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'body', rule: 'json' }] },
    })
    expect(await login('a=b', 'application/x-www-form-urlencoded')).toMatchObject({ status: 415 })
    expect(await login(JSON.stringify({ email: 'x'.repeat(300_000) }), 'application/json')).toMatchObject({
      status: 413,
      body: { code: 'too_large' },
    })
  })

  it('says which methods an address takes', async () => {
    const answer = await app.ask('DELETE', 'auth/me')
    expect(answer).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } })
    expect(answer.headers.get('allow')).toBe('GET')
    expect(await app.ask('GET', 'nothing/here')).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await app.ask('GET', '/api')).toMatchObject({ status: 404 })
  })

  it('takes only so many requests a minute of one account and one address', async () => {
    const busy = await openTestApp({ requestsPerMinute: 5 })
    const answers = await Promise.all(Array.from({ length: 8 }, () => busy.ask('GET', 'zones')))
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 200, 200, 200, 200, 429, 429, 429])
    await busy.close()
  })

  it('hides what went wrong inside, but says when the database is away', async () => {
    const broken = await openTestApp({
      http: {
        authenticate: async () => {
          throw new Error('the secret reason')
        },
        takeTurn: async () => {},
      },
    })
    const inside = await broken.ask('GET', 'auth/me', { token: 'x'.repeat(43) })
    expect(inside).toMatchObject({ status: 500, body: { code: 'internal' } })
    expect(JSON.stringify(inside.body)).not.toContain('secret')
    await broken.close()
    await broken.db.end()
    expect(await broken.ask('GET', 'merchants?lat=1&lon=1')).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  })
})
