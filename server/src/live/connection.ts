import {
  clientMessage,
  ERROR_CODES,
  type ErrorCode,
  POSITION_BYTES,
  type ReceivedMessage,
  readPosition,
  type WirePosition,
} from '@doorstep/shared/contract'
import { slotOf } from '../fleet/index.ts'
import type { Principal } from '../platform/index.ts'
import { toBatchFix } from '../positions/index.ts'
import { createSubscriptions, type Subscriptions } from './connection-subscriptions.ts'
import type { GatewayParts } from './gateway-parts.ts'
import type { LiveSocket } from './live-socket.ts'
import { encode } from './log-subscription.ts'
import { messageBudget } from './message-budget.ts'
import { createOutbox } from './outbox.ts'

/** A client on this node. */
export interface Connection {
  readonly id: string
  principal(): Principal | undefined
  /** Takes a message as it came. Never throws. */
  receive(data: string | Uint8Array): void
  /** Anything that shows that the client is there. */
  heard(): void
  /** Looks whether the client is still there and still signed in. */
  check(): void
  end(code: ErrorCode, detail?: string): void
  goAway(reconnectInMs: number): void
  /** Tells staff whether this node reaches the others. */
  sayNodeState(): void
  /** The socket is gone. */
  closed(): void
}

/** A connection that has not said who it is by then is ended. */
const HELLO_WITHIN_MS = 10_000
/** Messages that are not in the protocol before the connection is ended. */
const MOST_MISTAKES = 20
/** How often a position refused is said. */
const SAY_REFUSED_EVERY_MS = 1_000
/** A session is looked at again this often while its connection lasts. */
const CHECK_SESSION_EVERY_MS = 60_000

const lent: WirePosition = { seq: 0, atMs: 0, lat: 0, lon: 0, courseDeg: 0, speedMps: 0, accuracyM: 0, battery: 0 }

/** Speaks the protocol with one client. `cookieToken` is the session that came with the handshake, if any. */
export function createConnection(
  parts: GatewayParts,
  socket: LiveSocket,
  id: string,
  cookieToken: string | undefined,
): Connection {
  const { clock } = parts
  const mayRead = messageBudget(clock)
  let principal: Principal | undefined
  let token: string | undefined
  let hello: Extract<ReceivedMessage, { type: 'hello' }> | undefined
  let subscriptions: Subscriptions | undefined
  let slot = -1
  let isOver = false
  let mistakes = 0
  let heardAtMs = clock.nowMs()
  let refusedSaidAtMs = 0
  let sessionCheckedAtMs = clock.nowMs()
  const outbox = createOutbox(socket, () => subscriptions?.catchUp())

  const end = (code: ErrorCode, detail?: string) => {
    if (isOver) return
    isOver = true
    subscriptions?.closeAll()
    parts.counts.closed(code)
    const entry = ERROR_CODES[code]
    socket.close('close' in entry ? entry.close : 1011, (detail ?? code).slice(0, 100))
  }
  const mistake = (detail: string) => {
    if (!hello || ++mistakes > MOST_MISTAKES) return end('invalid_input', detail)
    outbox.force(encode({ type: 'problem', code: 'invalid_input', detail }))
  }
  const greet = async (message: Extract<ReceivedMessage, { type: 'hello' }>) => {
    if (hello) return mistake('hello was said already')
    hello = message
    token = message.token ?? cookieToken
    const known = token ? await parts.authenticate(token) : null
    if (isOver) return
    if (!known) return end('unauthenticated')
    principal = known
    subscriptions = createSubscriptions(parts, {
      id,
      principal: known,
      outbox,
      client: message.client,
      encoding: message.encoding,
    })
    const { userId, role, name, driverId = null, merchantId = null } = known
    const me = { userId, role, name, driverId, merchantId }
    const { nodeId, heartbeatMs } = parts
    outbox.force(
      encode({ type: 'hello', nowMs: clock.nowMs(), clockSpeed: clock.speed, nodeId, connectionId: id, heartbeatMs, me }),
    )
    if (!parts.others.state().isConnected) sayNodeState()
  }
  const sayNodeState = () => {
    if (isOver || (principal?.role !== 'dispatcher' && principal?.role !== 'admin')) return
    const { isConnected, sinceMs } = parts.others.state()
    outbox.force(encode({ type: 'node_state', bus: isConnected ? 'connected' : 'lost', sinceMs }))
  }
  const takePosition = (fix: ReturnType<typeof toBatchFix>) => {
    const driverId = principal?.driverId
    if (!driverId) return mistake('only drivers send positions')
    if (slot < 0 || parts.fleet.ids[slot] !== driverId) slot = slotOf(parts.fleet, driverId)
    const rule = parts.positions.takeSlot(slot, fix)
    const nowMs = clock.nowMs()
    if (!rule || nowMs - refusedSaidAtMs < SAY_REFUSED_EVERY_MS * clock.speed) return
    refusedSaidAtMs = nowMs
    outbox.force(encode({ type: 'position_refused', seq: fix.seq, rule }))
  }
  const receiveFrame = (bytes: Uint8Array) => {
    if (bytes.byteLength !== POSITION_BYTES) return mistake('not a frame of this protocol')
    if (!readPosition(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), lent))
      return mistake('not a position frame')
    takePosition(lent)
  }
  const receiveMessage = (message: ReceivedMessage) => {
    if (message.type === 'hello') return void greet(message).catch((error: unknown) => fail(error))
    if (!subscriptions) return mistake('say hello, and wait for the answer, first')
    if (message.type === 'position') return takePosition(toBatchFix(message))
    if (message.type === 'ping') {
      const heads = subscriptions.heads()
      return outbox.force(encode({ type: 'pong', id: message.id, nowMs: clock.nowMs(), heads }))
    }
    subscriptions.receive(message)
  }
  const fail = (error: unknown) => {
    parts.log.error({ err: error, connectionId: id }, 'a live connection failed')
    end('internal')
  }

  return {
    id,
    principal: () => principal,
    receive(data) {
      if (isOver) return
      heardAtMs = clock.nowMs()
      if (!mayRead()) return end('rate_limited')
      try {
        if (typeof data !== 'string') return hello ? receiveFrame(data) : end('invalid_input', 'say hello first')
        const message = readMessage(data)
        if (typeof message === 'string') mistake(message)
        else receiveMessage(message)
      } catch (error) {
        fail(error)
      }
    },
    heard() {
      heardAtMs = clock.nowMs()
    },
    check() {
      const nowMs = clock.nowMs()
      const silentMs = (nowMs - heardAtMs) / clock.speed
      if (!principal && silentMs > HELLO_WITHIN_MS) return end('slow_reader', 'no hello in time')
      if (silentMs > parts.heartbeatMs * 3) return end('slow_reader', 'nothing heard')
      if (!principal || !token || (nowMs - sessionCheckedAtMs) / clock.speed < CHECK_SESSION_EVERY_MS) return
      sessionCheckedAtMs = nowMs
      parts
        .authenticate(token)
        .then((still) => still || end('unauthenticated'))
        .catch((error: unknown) => parts.log.warn({ err: error }, 'a session could not be looked at again'))
    },
    end,
    sayNodeState,
    goAway: (reconnectInMs) => outbox.force(encode({ type: 'going_away', reconnectInMs })),
    closed() {
      isOver = true
      subscriptions?.closeAll()
    },
  }
}

/** Reads a message of the protocol, or says what is wrong with it. */
function readMessage(text: string): ReceivedMessage | string {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'not JSON'
  }
  const parsed = clientMessage.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  return issue ? `${issue.path.join('.') || 'message'}: ${issue.message}`.slice(0, 200) : 'not a message of this protocol'
}
