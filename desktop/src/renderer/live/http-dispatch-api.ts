import { type ApiProblem, createHttpClient } from '@doorstep/shared/client'
import { fail, ok, type Result } from '@doorstep/shared/domain'
import type { Asked, DispatchApi, Refusal } from './dispatch-api.ts'

/** The API over HTTP. `onSignedOut` hears that the session is over. */
export function createHttpDispatchApi(serverUrl: string, onSignedOut: () => void): DispatchApi {
  let token: string | undefined
  const http = createHttpClient({
    baseUrl: `${serverUrl}/api/v1`,
    fetch: (url, init) => fetch(url, init),
    token: () => token,
    newId: () => crypto.randomUUID(),
    onSignedOut,
  })
  const { call } = http
  return {
    useToken(next) {
      token = next ?? undefined
    },
    about: () => asked(call('GET /about')),
    me: () => asked(call('GET /auth/me')),
    login: (email, password) => asked(call('POST /auth/login', { body: { email, password } })),
    demo: (role) => asked(call('POST /auth/demo', { body: { role } })),
    logout: () => asked(call('POST /auth/logout')),
    zones: () => asked(call('GET /zones')),
    merchantsNear: (lat, lon, radiusM, cursor) =>
      asked(call('GET /merchants', { query: { lat, lon, radiusM, limit: 100, cursor } })),
    board: (zoneId) => asked(call('GET /dispatch/board', { query: { zoneId: zoneId as never } })),
    order: (id) => asked(call('GET /orders/:id', { params: { id } })),
    events: (id) => asked(call('GET /orders/:id/events', { params: { id } })),
    decisions: (id) => asked(call('GET /dispatch/orders/:id/decisions', { params: { id } })),
    candidates: (id) => asked(call('GET /dispatch/orders/:id/candidates', { params: { id } })),
    driverRoute: (id) => asked(call('GET /dispatch/drivers/:id/route', { params: { id } })),
    assign: (id, driverId, version) =>
      asked(call('POST /dispatch/orders/:id/assign', { params: { id }, body: { driverId, version } })),
    reassign: (id, driverId, version) =>
      asked(call('POST /dispatch/orders/:id/reassign', { params: { id }, body: { driverId, version } })),
    unassign: (id, version) => asked(call('POST /dispatch/orders/:id/unassign', { params: { id }, body: { version } })),
    undo: (id) => asked(call('POST /dispatch/commands/:id/undo', { params: { id } })),
  }
}

async function asked<T>(call: Promise<Result<T, ApiProblem>>): Asked<T> {
  const result = await call
  return result.ok ? ok(result.value) : fail(refusalOf(result.error))
}

function refusalOf(error: ApiProblem): Refusal {
  switch (error.kind) {
    case 'refused':
      return error.problem
    case 'unreachable':
      return { code: 'unavailable', title: 'The server cannot be reached' }
    case 'aborted':
      return { code: 'unavailable', title: 'Given up' }
  }
}
