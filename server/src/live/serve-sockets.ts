import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { LIVE_PROTOCOL } from '@doorstep/shared/contract'
import { WebSocket, WebSocketServer } from 'ws'
import type { Log } from '../platform/index.ts'
import type { Connection } from './connection.ts'
import type { LiveGateway } from './gateway.ts'
import { wireSocket } from './wire-socket.ts'

/** Largest message a client may send: everything in the protocol is far below. */
const MOST_BYTES = 16 * 1024
const PATH = '/api/v1/live'
/** How long a closing handshake may take before the socket is cut. */
const CLOSE_WITHIN_MS = 5_000
/** A client that does not read gets no more answers to its own pings. */
const MOST_PONG_BACKLOG = 16 * 1024

/** What serving sockets needs. */
export interface SocketDeps {
  gateway: Pick<LiveGateway, 'connect' | 'drain'>
  log: Log
  /** The session's token in a request's cookies, if there is one. */
  tokenOf(request: IncomingMessage): string | undefined
  /** Whether a browser page of this origin may connect; browsers send no other defence against foreign pages. */
  isAllowedOrigin(origin: string, request: IncomingMessage): boolean
}

/** Names the connection in the socket itself, so that listeners are shared: a closure per socket and event costs 1 kB each. */
class LiveWebSocket extends WebSocket {
  connection!: Connection
}

const connectionOf = (socket: WebSocket) => (socket as LiveWebSocket).connection

/** `closeTimeout` is the package's, though its types lack it. */
const OPTIONS = {
  noServer: true,
  WebSocket: LiveWebSocket,
  maxPayload: MOST_BYTES,
  perMessageDeflate: false,
  clientTracking: false,
  autoPong: false,
  closeTimeout: CLOSE_WITHIN_MS,
  handleProtocols: (offered: ReadonlySet<string>) => (offered.has(LIVE_PROTOCOL) ? LIVE_PROTOCOL : (false as const)),
}

/**
 * Serves the live connection on an HTTP server's upgrades. Other upgrades are refused. The answer closes it: everybody is
 * sent elsewhere, spread over the time given, and nobody new is let in.
 */
export function serveLiveSockets(server: Server, deps: SocketDeps): (spreadMs?: number) => Promise<void> {
  const upgrades = new WebSocketServer(OPTIONS)
  const sockets = new Set<LiveWebSocket>()
  const attach = attacher(deps, sockets)
  let isClosing = false
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const refusal = isClosing ? '503 Service Unavailable' : refusalOf(request, deps)
    if (refusal) return refuseUpgrade(stream, refusal)
    const token = deps.tokenOf(request)
    upgrades.handleUpgrade(request, stream, head, (socket) => attach(socket, stream, token))
  }
  server.on('upgrade', onUpgrade)

  return async (spreadMs = 0) => {
    isClosing = true
    await deps.gateway.drain(spreadMs)
    server.off('upgrade', onUpgrade)
    for (const socket of sockets) socket.terminate()
    await new Promise((resolve) => upgrades.close(resolve))
  }
}

function refusalOf(request: IncomingMessage, deps: SocketDeps): string | undefined {
  if (new URL(request.url ?? '/', 'http://host').pathname !== PATH) return '404 Not Found'
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  if (!offered.includes(LIVE_PROTOCOL)) return '426 Upgrade Required'
  const { origin } = request.headers
  if (origin && !deps.isAllowedOrigin(origin, request)) return '403 Forbidden'
  return undefined
}

function refuseUpgrade(stream: Duplex, status: string): void {
  stream.on('error', () => stream.destroy())
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nSec-WebSocket-Protocol: ${LIVE_PROTOCOL}\r\nContent-Length: 0\r\n\r\n`)
}

/** Joins sockets and connections; the listeners are made once and serve every socket. */
function attacher({ gateway, log }: SocketDeps, sockets: Set<LiveWebSocket>) {
  function onMessage(this: WebSocket, data: Buffer, isBinary: boolean): void {
    connectionOf(this).receive(isBinary ? data : data.toString('utf8'))
  }
  function onPing(this: WebSocket, data: Buffer): void {
    connectionOf(this).heard()
    if (this.readyState === WebSocket.OPEN && this.bufferedAmount < MOST_PONG_BACKLOG) this.pong(data)
  }
  function onPong(this: WebSocket): void {
    connectionOf(this).heard()
  }
  function onClose(this: WebSocket): void {
    sockets.delete(this as LiveWebSocket)
    connectionOf(this).closed()
  }
  function onError(this: WebSocket, error: Error): void {
    log.debug({ err: error, connectionId: connectionOf(this).id }, 'a live socket failed')
  }
  return (socket: LiveWebSocket, stream: Duplex, token: string | undefined) => {
    socket.connection = gateway.connect(wireSocket(socket, stream), token)
    sockets.add(socket)
    socket.on('message', onMessage)
    socket.on('ping', onPing)
    socket.on('pong', onPong)
    socket.on('close', onClose)
    socket.on('error', onError)
  }
}
