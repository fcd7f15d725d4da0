import { type ApiProblem, createHttpClient, type HttpClient } from '@doorstep/shared/client'
import { fail, ok, type Result } from '@doorstep/shared/domain'
import type { Asked, DispatchApi, OrderSeen, Refusal } from './dispatch-api.ts'
import type { OrderCommand } from './order-command.ts'

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
    whatIf: (id, driverId) =>
      asked(call('GET /dispatch/orders/:id/what-if', { params: { id }, query: { driverId: driverId as never } })),
    command: (order, command, reason) => asked(send(http, order, command, reason)),
    moveRoute: (id, toDriverId, orders, reason) =>
      asked(
        call('POST /dispatch/drivers/:id/move-route', {
          params: { id },
          body: { toDriverId, orders: orders.map((order) => ({ id: order.id, version: order.version })), ...optional(reason) },
        }),
      ),
    policy: (zoneId) => asked(call('GET /dispatch/policy', { query: { zoneId: zoneId as never } })),
    changePolicy: (zoneId, change, version) =>
      asked(call('PATCH /dispatch/policy', { query: { zoneId: zoneId as never }, body: { ...change, version } })),
    agreement: (zoneId, sinceMs) =>
      asked(
        call('GET /dispatch/agreement', { query: { zoneId: zoneId as never, ...(sinceMs === undefined ? {} : { sinceMs }) } }),
      ),
    undo: (id) => asked(call('POST /dispatch/commands/:id/undo', { params: { id } })),
  }
}

const optional = (reason: string | undefined) => (reason ? { reason } : {})

function send({ call }: HttpClient, { id, version, driverId }: OrderSeen, command: OrderCommand, reason: string | undefined) {
  const params = { id }
  const body = { version, ...optional(reason) }
  switch (command.kind) {
    case 'assign':
      return driverId
        ? call('POST /dispatch/orders/:id/reassign', { params, body: { ...body, driverId: command.driverId } })
        : call('POST /dispatch/orders/:id/assign', { params, body: { ...body, driverId: command.driverId } })
    case 'pin':
      return call('POST /dispatch/orders/:id/pin', { params, body: { ...body, driverId: command.driverId } })
    case 'unassign':
      return call('POST /dispatch/orders/:id/unassign', { params, body })
    case 'hold':
      return call('POST /dispatch/orders/:id/hold', { params, body })
    case 'release':
      return call('POST /dispatch/orders/:id/release', { params, body })
    case 'priority':
      return call('POST /dispatch/orders/:id/priority', { params, body: { ...body, priority: command.priority } })
    case 'extend':
      return call('POST /dispatch/orders/:id/extend', { params, body: { ...body, minutes: command.minutes } })
    case 'accept':
      return call('POST /dispatch/orders/:id/proposal/accept', { params, body })
    case 'veto':
      return call('POST /dispatch/orders/:id/proposal/veto', { params, body })
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
