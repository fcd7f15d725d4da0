import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'
import type { LiveSocket } from './live-socket.ts'

/** First byte of a whole, unfragmented message (RFC 6455, 5.2). */
const TEXT = 0x81
const BINARY = 0x82
/** Lengths up to here stand in the second byte; up to 64 KiB in two more, beyond in eight. */
const SHORT = 125
const LONG = 0xffff

/** What a gateway knows of a WebSocket over `stream`: messages are framed here, one write each, and shared ones only once. */
export function wireSocket(socket: WebSocket, stream: Duplex): LiveSocket {
  return new WireSocket(socket, stream)
}

/** A class, so that a socket costs one small object and no closures. */
class WireSocket implements LiveSocket {
  readonly #socket: WebSocket
  readonly #stream: Duplex

  constructor(socket: WebSocket, stream: Duplex) {
    this.#socket = socket
    this.#stream = stream
  }

  get bufferedAmount(): number {
    return this.#stream.writableLength
  }

  send(data: string | Uint8Array, sent?: () => void): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    holdBack(this.#stream)
    this.#stream.write(framed(data), sent)
  }

  ping(): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.ping()
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason)
  }
}

const heldBack: Duplex[] = []

/** What a socket is sent in one turn goes out together: a system call costs more than making the message. */
function holdBack(stream: Duplex): void {
  if (stream.writableCorked > 0) return
  stream.cork()
  if (heldBack.push(stream) === 1) process.nextTick(letGo)
}

function letGo(): void {
  for (const stream of heldBack.splice(0)) stream.uncork()
}

let lastData: string | Uint8Array | undefined
let lastFrame: Buffer | undefined

/** The frame of a message; of the one just framed, for the next reader, the same bytes again. */
export function framed(data: string | Uint8Array): Buffer {
  if (lastFrame !== undefined && data === lastData) return lastFrame
  const isText = typeof data === 'string'
  const length = isText ? Buffer.byteLength(data) : data.byteLength
  const head = length <= SHORT ? 2 : length <= LONG ? 4 : 10
  const frame = Buffer.allocUnsafe(head + length)
  frame[0] = isText ? TEXT : BINARY
  if (head === 2) frame[1] = length
  else if (head === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  if (isText) frame.write(data, head, 'utf8')
  else frame.set(data, head)
  lastData = data
  lastFrame = frame
  return frame
}
