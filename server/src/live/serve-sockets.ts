import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { LIVE_PROTOCOL } from '@doorstep/shared/contract'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Log } from '../platform/index.ts'
import type { LiveGateway } from './gateway.ts'
import type { LiveSocket } from './live-socket.ts'

/** Largest message a client may send: everything in the protocol is far below. */
const MOST_BYTES = 16 * 1024
const PATH = '/api/v1/live'

/** What serving sockets needs. */
export interface SocketDeps {
  gateway: LiveGateway
  log: Log
  /** The session's token in a request's cookies, if there is one. */
  tokenOf(request: IncomingMessage): string | undefined
  /** Whether a browser page of this origin may connect; browsers send no other defence against foreign pages. */
  isAllowedOrigin(origin: string, request: IncomingMessage): boolean
  /** How often clients are pinged by the protocol itself. */
  pingEveryMs?: number
}

/** Serves the live connection on an HTTP server's upgrades. Other upgrades are refused. The answer closes it. */
export function serveLiveSockets(server: Server, deps: SocketDeps): () => Promise<void> {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
    handleProtocols: (offered) => (offered.has(LIVE_PROTOCOL) ? LIVE_PROTOCOL : false),
  })
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const refusal = refusalOf(request, deps)
    if (refusal) return refuseUpgrade(stream, refusal)
    sockets.handleUpgrade(request, stream, head, (socket) => attach(socket, request, deps))
  }
  server.on('upgrade', onUpgrade)
  const timer = setInterval(() => {
    for (const socket of sockets.clients) socket.ping()
  }, deps.pingEveryMs ?? 20_000)

  return async () => {
    clearInterval(timer)
    server.off('upgrade', onUpgrade)
    for (const socket of sockets.clients) socket.terminate()
    await new Promise((resolve) => sockets.close(resolve))
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
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nSec-WebSocket-Protocol: ${LIVE_PROTOCOL}\r\nContent-Length: 0\r\n\r\n`)
}

function attach(socket: WebSocket, request: IncomingMessage, { gateway, log, tokenOf }: SocketDeps): void {
  const connection = gateway.connect(toLiveSocket(socket), tokenOf(request))
  socket.binaryType = 'nodebuffer'
  socket.on('message', (data: Buffer, isBinary) => connection.receive(isBinary ? data : data.toString('utf8')))
  socket.on('pong', () => connection.heard())
  socket.on('close', () => connection.closed())
  socket.on('error', (error) => log.debug({ err: error, connectionId: connection.id }, 'a live socket failed'))
}

/** How long a closing handshake may take before the socket is cut. */
const CLOSE_WITHIN_MS = 5_000

function toLiveSocket(socket: WebSocket): LiveSocket {
  return {
    get bufferedAmount() {
      return socket.bufferedAmount
    },
    send(data, sent) {
      if (socket.readyState === socket.OPEN) socket.send(data, sent ? () => sent() : undefined)
    },
    close(code, reason) {
      socket.close(code, reason)
      setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS).unref()
    },
  }
}
