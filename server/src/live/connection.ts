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
import { type BatchFix, toBatchFix } from '../positions/index.ts'
import type { WheelMember } from './check-wheel.ts'
import { createSubscriptions, type Subscriptions } from './connection-subscriptions.ts'
import type { GatewayParts } from './gateway-parts.ts'
import type { LiveSocket } from './live-socket.ts'
import { encode } from './log-subscription.ts'
import { type MessageBudget, messageBudget, spendMessage } from './message-budget.ts'
import { createOutbox, type Outbox } from './outbox.ts'

/** A client on this node. */
export interface Connection extends WheelMember {
  readonly id: string
  principal(): Principal | undefined
  /** Takes a message as it came. Never throws. */
  receive(data: string | Uint8Array): void
  /** Anything that shows that the client is there. */
  heard(): void
  /** Looks whether the client is still there and still signed in; pings who is silent. */
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

/** Silence, in heartbeats, after which the client is pinged below the protocol, and after which it is gone. */
const PING_AFTER_BEATS = 1.5
const GONE_AFTER_BEATS = 3

type Hello = Extract<ReceivedMessage, { type: 'hello' }>

const lent: WirePosition = { seq: 0, atMs: 0, lat: 0, lon: 0, courseDeg: 0, speedMps: 0, accuracyM: 0, battery: 0 }

/** Speaks the protocol with one client. `cookieToken` is the session that came with the handshake, if any. */
export function createConnection(
  parts: GatewayParts,
  socket: LiveSocket,
  id: string,
  cookieToken: string | undefined,
): Connection {
  return new ClientConnection(parts, socket, id, cookieToken)
}

/** A class, since a node holds many thousands: methods shared by all of them instead of some twenty closures each. */
class ClientConnection implements Connection {
  readonly id: string
  turn = 0
  readonly #parts: GatewayParts
  readonly #socket: LiveSocket
  readonly #outbox: Outbox
  readonly #budget: MessageBudget
  #token: string | undefined
  #principal: Principal | undefined
  #subscriptions: Subscriptions | undefined
  #slot = -1
  #isGreeted = false
  #isOver = false
  #mistakes = 0
  #heardAtMs: number
  #refusedSaidAtMs = 0
  #sessionCheckedAtMs: number

  constructor(parts: GatewayParts, socket: LiveSocket, id: string, cookieToken: string | undefined) {
    const nowMs = parts.clock.nowMs()
    this.id = id
    this.#parts = parts
    this.#socket = socket
    this.#token = cookieToken
    this.#budget = messageBudget(nowMs)
    this.#heardAtMs = nowMs
    this.#sessionCheckedAtMs = nowMs
    this.#outbox = createOutbox(socket, () => this.#subscriptions?.catchUp())
  }

  principal(): Principal | undefined {
    return this.#principal
  }

  receive(data: string | Uint8Array): void {
    if (this.#isOver) return
    const { clock } = this.#parts
    this.#heardAtMs = clock.nowMs()
    if (!spendMessage(this.#budget, this.#heardAtMs, clock.speed)) return this.end('rate_limited')
    try {
      if (typeof data !== 'string')
        return this.#isGreeted ? this.#receiveFrame(data) : this.end('invalid_input', 'say hello first')
      const message = readMessage(data)
      if (typeof message === 'string') this.#mistake(message)
      else this.#receiveMessage(message)
    } catch (error) {
      this.#fail(error)
    }
  }

  heard(): void {
    this.#heardAtMs = this.#parts.clock.nowMs()
  }

  check(): void {
    const { clock, heartbeatMs } = this.#parts
    const nowMs = clock.nowMs()
    const silentMs = (nowMs - this.#heardAtMs) / clock.speed
    if (!this.#principal && silentMs > HELLO_WITHIN_MS) return this.end('slow_reader', 'no hello in time')
    if (silentMs > heartbeatMs * GONE_AFTER_BEATS) return this.end('slow_reader', 'nothing heard')
    if (silentMs > heartbeatMs * PING_AFTER_BEATS) this.#socket.ping?.()
    if ((nowMs - this.#sessionCheckedAtMs) / clock.speed >= CHECK_SESSION_EVERY_MS) this.#checkSession(nowMs)
  }

  end(code: ErrorCode, detail?: string): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#subscriptions?.closeAll()
    this.#parts.counts.closed(code)
    const entry = ERROR_CODES[code]
    this.#socket.close('close' in entry ? entry.close : 1011, (detail ?? code).slice(0, 100))
  }

  sayNodeState(): void {
    const role = this.#principal?.role
    if (this.#isOver || (role !== 'dispatcher' && role !== 'admin')) return
    const { isConnected, sinceMs } = this.#parts.others.state()
    this.#outbox.force(encode({ type: 'node_state', bus: isConnected ? 'connected' : 'lost', sinceMs }))
  }

  goAway(reconnectInMs: number): void {
    this.#outbox.force(encode({ type: 'going_away', reconnectInMs }))
  }

  closed(): void {
    this.#isOver = true
    this.#subscriptions?.closeAll()
    this.#parts.onClosed(this)
  }

  #mistake(detail: string): void {
    if (!this.#isGreeted || ++this.#mistakes > MOST_MISTAKES) return this.end('invalid_input', detail)
    this.#outbox.force(encode({ type: 'problem', code: 'invalid_input', detail }))
  }

  #fail(error: unknown): void {
    this.#parts.log.error({ err: error, connectionId: this.id }, 'a live connection failed')
    this.end('internal')
  }

  async #greet(message: Hello): Promise<void> {
    if (this.#isGreeted) return this.#mistake('hello was said already')
    this.#isGreeted = true
    this.#token = message.token ?? this.#token
    const known = this.#token ? await this.#parts.authenticate(this.#token) : null
    if (this.#isOver) return
    if (!known) return this.end('unauthenticated')
    this.#principal = known
    const { client, encoding } = message
    this.#subscriptions = createSubscriptions(this.#parts, {
      id: this.id,
      principal: known,
      outbox: this.#outbox,
      client,
      encoding,
    })
    const { userId, role, name, driverId = null, merchantId = null } = known
    const { nodeId, heartbeatMs, clock } = this.#parts
    const server = { nowMs: clock.nowMs(), clockSpeed: clock.speed, nodeId, connectionId: this.id, heartbeatMs }
    this.#outbox.force(encode({ type: 'hello', ...server, me: { userId, role, name, driverId, merchantId } }))
    if (!this.#parts.others.state().isConnected) this.sayNodeState()
  }

  #receiveFrame(bytes: Uint8Array): void {
    if (bytes.byteLength !== POSITION_BYTES) return this.#mistake('not a frame of this protocol')
    if (!readPosition(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), lent))
      return this.#mistake('not a position frame')
    this.#takePosition(lent)
  }

  #receiveMessage(message: ReceivedMessage): void {
    if (message.type === 'hello') return void this.#greet(message).catch((error: unknown) => this.#fail(error))
    if (!this.#subscriptions) return this.#mistake('say hello, and wait for the answer, first')
    if (message.type === 'position') return this.#takePosition(toBatchFix(message))
    if (message.type === 'ping') {
      const heads = this.#subscriptions.heads()
      return this.#outbox.force(encode({ type: 'pong', id: message.id, nowMs: this.#parts.clock.nowMs(), heads }))
    }
    this.#subscriptions.receive(message)
  }

  #takePosition(fix: BatchFix): void {
    const { fleet, positions, fanout, clock } = this.#parts
    const driverId = this.#principal?.driverId
    if (!driverId) return this.#mistake('only drivers send positions')
    if (this.#slot < 0 || fleet.ids[this.#slot] !== driverId) this.#slot = slotOf(fleet, driverId)
    const rule = positions.takeSlot(this.#slot, fix)
    if (!rule) return fanout.orders.tellAtOnce(this.#slot, fix)
    const nowMs = clock.nowMs()
    if (nowMs - this.#refusedSaidAtMs < SAY_REFUSED_EVERY_MS * clock.speed) return
    this.#refusedSaidAtMs = nowMs
    this.#outbox.force(encode({ type: 'position_refused', seq: fix.seq, rule }))
  }

  #checkSession(nowMs: number): void {
    if (!this.#principal || !this.#token) return
    this.#sessionCheckedAtMs = nowMs
    this.#parts
      .authenticate(this.#token)
      .then((still) => still || this.end('unauthenticated'))
      .catch((error: unknown) => this.#parts.log.warn({ err: error }, 'a session could not be looked at again'))
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
