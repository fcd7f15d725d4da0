import { ERROR_CODES, type ErrorCode, problem, type RouteSpec, type RouteTable } from '@doorstep/shared/contract'
import { z } from 'zod'

type Json = Record<string, unknown>

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Json
  return json
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return []
  const json = schemaOf(schema, 'input')
  const required = new Set((json['required'] as string[] | undefined) ?? [])
  return Object.entries((json['properties'] as Record<string, Json> | undefined) ?? {}).map(([name, property]) => {
    const { description, ...rest } = property
    return {
      name,
      in: place,
      required: place === 'path' || required.has(name),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    }
  })
}

function headersOf(spec: RouteSpec): Json[] {
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  })
  return [
    ...(spec.idempotent
      ? [header('Idempotency-Key', 'A repeat with the same key gets the stored reply; X-Idempotency-Key means the same')]
      : []),
    ...(spec.versioned ? [header('If-Match', 'The version you saw, as answered in ETag')] : []),
  ]
}

function problemsOf(spec: RouteSpec): number[] {
  const codes: ErrorCode[] = ['rate_limited', 'internal']
  if (spec.params || spec.query || spec.body) codes.push('invalid_input')
  if (spec.auth !== 'public') codes.push('unauthenticated', 'forbidden')
  if (spec.params) codes.push('not_found')
  if (spec.versioned) codes.push('stale_version')
  if (spec.idempotent) codes.push('idempotency_mismatch')
  return [...new Set(codes.map((code) => ERROR_CODES[code].status))].sort((a, b) => a - b)
}

const PROBLEM = { $ref: '#/components/responses/Problem' }

function operationOf(spec: RouteSpec): Json {
  const status = String(spec.status ?? 200)
  const success =
    spec.status === 204
      ? { description: 'Done' }
      : { description: 'Done', content: { 'application/json': { schema: schemaOf(spec.reply, 'output') } } }
  const parameters = [...parametersOf(spec.params, 'path'), ...parametersOf(spec.query, 'query'), ...headersOf(spec)]
  const roles = spec.auth === 'public' ? 'For anyone.' : `For ${spec.auth.join(', ')}.`
  return {
    summary: spec.summary,
    description: spec.description ? `${spec.description}\n\n${roles}` : roles,
    tags: [spec.tag],
    security: spec.auth === 'public' ? [] : [{ bearer: [] }, { cookie: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(spec.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(spec.body, 'input') } } } }
      : {}),
    responses: { [status]: success, ...Object.fromEntries(problemsOf(spec).map((code) => [String(code), PROBLEM])) },
  }
}

/** The OpenAPI 3.1 document of a table of routes, made from the schemas that requests are checked with. */
export function openApiOf(table: RouteTable, options: { prefix: string; version: string; cookie: string }): Json {
  const paths: Record<string, Json> = {}
  for (const [key, spec] of Object.entries(table)) {
    const [method, path] = key.split(' ') as [string, string]
    const address = `${options.prefix}${path.replaceAll(/:(\w+)/g, '{$1}')}`
    paths[address] = {
      ...paths[address],
      [method.toLowerCase()]: { operationId: key.replaceAll(/\W+/g, '_'), ...operationOf(spec) },
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Doorstep',
      version: options.version,
      description:
        'Local delivery: order, prepare, dispatch, deliver. Amounts are in minor units, moments in milliseconds since 1970 (UTC).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: options.cookie },
      },
      responses: {
        Problem: {
          description: 'Problem details (RFC 9457); decide by `code`',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      schemas: { Problem: schemaOf(problem, 'output') },
    },
  }
}
