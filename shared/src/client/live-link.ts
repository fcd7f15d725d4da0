import type { ClientMessage, ServerMessage } from '../contract/index.ts'
import { FINAL_CLOSE_CODES, type LiveSocketLike, type OpenSocket } from './live-socket.ts'
import { backoffMs, type Timers } from './timers.ts'

type Hello = Extract<ServerMessage, { type: 'hello' }>
type Pong = Extract<ServerMessage, { type: 'pong' }>

/** What a link is made from, and whom it tells. */
export interface LinkOptions {
  url: string
  openSocket: OpenSocket
  client: string
  token?: (() => string | undefined) | undefined
  timers: Timers
  random: () => number
  /** The server has said hello: messages can be sent. */
  onUp(): void
  /** The connection is gone; it is tried again, unless `isFinal`. `failures` counts those in a row. */
  onDown(failures: number, isFinal: boolean, code: number, reason: string): void
  onMessage(message: Exclude<ServerMessage, Hello | { type: 'going_away' }>): void
  onFrame(frame: DataView): void
  /** Now and then while connected. */
  onBeat(): void
}

/** One connection after the other to the same server. */
export interface Link {
  isUp(): boolean
  /** Sends if connected; answers whether it did. */
  send(message: ClientMessage): boolean
  /** Sends bytes unless more than `backlogBytes` wait to be sent already. */
  sendBytes(bytes: Uint8Array, backlogBytes: number): boolean
  serverNowMs(): number
  latencyMs(): number | undefined
  connect(): void
  close(): void
}

/** A lost node's clients come back spread over this time: thousands must not meet the others in one moment. */
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 15_000
const HELLO_TIMEOUT_MS = 10_000
/** A connection that ends sooner than this after hello counts as one that failed: it is not tried at once for ever. */
const STEADY_MS = 5_000
/** Heartbeats of silence after which a connection is given up. */
const SILENT_BEATS = 3

/** Makes a link and starts connecting. */
export function openLink(options: LinkOptions): Link {
  const { timers } = options
  const clock = serverClock(timers)
  let socket: LiveSocketLike | undefined
  let hello: Hello | undefined
  let failures = 0
  let heardAtMs = 0
  let upAtMs = 0
  let isClosed = false
  let cancelRetry = () => {}
  let cancelBeat = () => {}

  const connect = () => {
    cancelRetry()
    if (socket || isClosed) return
    const opened = options.openSocket(options.url, 'doorstep.v1')
    socket = opened
    heardAtMs = timers.nowMs()
    opened.binaryType = 'arraybuffer'
    opened.onopen = () => {
      const token = options.token?.()
      opened.send(JSON.stringify({ type: 'hello', client: options.client, ...(token && { token }) } satisfies ClientMessage))
    }
    opened.onmessage = ({ data }) => {
      heardAtMs = timers.nowMs()
      if (typeof data === 'string') receive(JSON.parse(data) as ServerMessage)
      else if (hello) options.onFrame(viewOf(data))
    }
    opened.onclose = ({ code, reason }) => lose(code, reason)
    opened.onerror = () => {}
    beat()
  }

  const lose = (code: number, reason: string, retryInMs?: number) => {
    const lost = socket
    if (hello && timers.nowMs() - upAtMs >= STEADY_MS) failures = 0
    socket = undefined
    hello = undefined
    cancelBeat()
    if (lost) letGo(lost)
    if (isClosed) return
    isClosed = FINAL_CLOSE_CODES.includes(code)
    failures++
    const waitMs = retryInMs ?? backoffMs(failures - 1, FIRST_RETRY_MS, LONGEST_RETRY_MS, options.random)
    if (!isClosed) cancelRetry = timers.after(waitMs, connect)
    options.onDown(failures, isClosed, code, reason)
  }

  const receive = (message: ServerMessage) => {
    if (message.type === 'going_away') return lose(1012, 'going away', message.reconnectInMs)
    if (message.type !== 'hello') {
      if (message.type === 'pong') clock.takePong(message)
      if (hello) options.onMessage(message)
      return
    }
    if (hello) return
    hello = message
    upAtMs = timers.nowMs()
    clock.takeHello(message)
    options.onUp()
    ping()
  }

  const ping = () => socket?.send(JSON.stringify({ type: 'ping', id: clock.startPing() } satisfies ClientMessage))

  const beat = () => {
    const everyMs = hello?.heartbeatMs ?? HELLO_TIMEOUT_MS / SILENT_BEATS
    cancelBeat = timers.after(everyMs, () => {
      if (timers.nowMs() - heardAtMs > everyMs * SILENT_BEATS) return lose(4408, 'nothing heard')
      if (hello) {
        options.onBeat()
        ping()
      }
      beat()
    })
  }

  connect()
  return {
    isUp: () => hello !== undefined,
    send(message) {
      if (hello) socket?.send(JSON.stringify(message))
      return hello !== undefined
    },
    sendBytes(bytes, backlogBytes) {
      if (!hello || !socket || socket.bufferedAmount > backlogBytes) return false
      socket.send(bytes)
      return true
    },
    serverNowMs: clock.nowMs,
    latencyMs: clock.latencyMs,
    connect,
    close() {
      isClosed = true
      cancelRetry()
      lose(1000, 'closed')
    },
  }
}

/** Follows the server's clock: set by its hello, and by every pong that came back quickly. */
function serverClock(timers: Timers) {
  let pingId = 0
  let pingAtMs: number | undefined
  let latency: number | undefined
  let server: { nowMs: number; atMs: number; speed: number } | undefined
  return {
    takeHello(hello: Hello) {
      server = { nowMs: hello.nowMs, atMs: timers.nowMs(), speed: hello.clockSpeed }
      pingAtMs = undefined
    },
    startPing() {
      pingAtMs = timers.nowMs()
      return ++pingId
    },
    takePong(pong: Pong) {
      if (pong.id !== pingId || pingAtMs === undefined || !server) return
      latency = timers.nowMs() - pingAtMs
      server = { ...server, nowMs: pong.nowMs, atMs: timers.nowMs() - latency / 2 }
      pingAtMs = undefined
    },
    nowMs: () => (server ? server.nowMs + (timers.nowMs() - server.atMs) * server.speed : timers.nowMs()),
    latencyMs: () => latency,
  }
}

function letGo(socket: LiveSocketLike): void {
  socket.onopen = socket.onmessage = socket.onclose = null
  socket.onerror = () => {}
  socket.close()
}

function viewOf(data: unknown): DataView {
  if (data instanceof ArrayBuffer) return new DataView(data)
  const bytes = data as Uint8Array
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
