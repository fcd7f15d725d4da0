import { connect, type Socket } from 'node:net'

/** A WebSocket client small enough that thousands of them do not hide what the server costs. */
export interface RawSocket {
  /** Sends a frame made by `clientFrame`. */
  send(frame: Uint8Array): void
  /** Stops or goes on reading from the kernel. */
  pause(): void
  resume(): void
  close(): void
  onMessage: (payload: Buffer, isBinary: boolean) => void
  onClose: () => void
}

/** Opcodes of RFC 6455 with the bit of a whole message. */
const OP = { text: 0x81, binary: 0x82, pong: 0x8a } as const
const [CLOSE, PING] = [8, 9]

/** A masked client frame around a payload below 64 KiB; the mask is zero, so the payload can be changed in place. */
export function clientFrame(payload: Uint8Array, op: keyof typeof OP): Uint8Array {
  const isShort = payload.length < 126
  const head = isShort ? 6 : 8
  const frame = new Uint8Array(head + payload.length)
  frame[0] = OP[op]
  frame[1] = 0x80 | (isShort ? payload.length : 126)
  if (!isShort) new DataView(frame.buffer).setUint16(2, payload.length)
  frame.set(payload, head)
  return frame
}

/** A text frame of a message. */
export const textFrame = (message: unknown) => clientFrame(Buffer.from(JSON.stringify(message)), 'text')

const PONG = clientFrame(new Uint8Array(0), 'pong')
const HANDSHAKE = Buffer.from(
  'GET /api/v1/live HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: doorstep.v1\r\n\r\n',
)

/** A class, so that a hundred thousand of them fit beside what is measured. */
class FrameSocket implements RawSocket {
  onMessage: RawSocket['onMessage'] = () => {}
  onClose: RawSocket['onClose'] = () => {}
  readonly #socket: Socket
  #rest: Buffer | undefined

  constructor(socket: Socket) {
    this.#socket = socket
  }

  send(frame: Uint8Array): void {
    this.#socket.write(frame)
  }
  pause(): void {
    this.#socket.pause()
  }
  resume(): void {
    this.#socket.resume()
  }
  close(): void {
    this.#socket.destroy()
  }

  take(data: Buffer): void {
    let bytes = this.#rest ? Buffer.concat([this.#rest, data]) : data
    for (;;) {
      const length = frameLength(bytes)
      if (length < 0) break
      this.#takeFrame(bytes, length)
      bytes = bytes.subarray(length)
    }
    this.#rest = bytes.length > 0 ? bytes : undefined
  }

  #takeFrame(bytes: Buffer, length: number): void {
    const opcode = bytes[0]! & 0x0f
    if (opcode === 1 || opcode === 2) this.onMessage(bytes.subarray(headLength(bytes), length), opcode === 2)
    else if (opcode === PING) this.send(PONG)
    else if (opcode === CLOSE) this.close()
  }
}

function headLength(bytes: Buffer): number {
  const code = bytes[1]! & 0x7f
  return code < 126 ? 2 : code === 126 ? 4 : 10
}

/** The length of the frame at the beginning, or -1 while it is not whole. */
function frameLength(bytes: Buffer): number {
  if (bytes.length < 2) return -1
  const head = headLength(bytes)
  if (bytes.length < head) return -1
  const code = bytes[1]! & 0x7f
  const payload = code < 126 ? code : code === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  return bytes.length < head + payload ? -1 : head + payload
}

/** Connects and shakes hands. */
export function openRawSocket(port: number): Promise<RawSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const raw = new FrameSocket(socket)
    socket.once('error', reject)
    socket.once('connect', () => socket.write(HANDSHAKE))
    socket.once('data', (data) => {
      const end = data.indexOf('\r\n\r\n')
      if (!data.toString('latin1', 0, 12).includes('101') || end < 0) return reject(new Error(data.toString('latin1', 0, 60)))
      socket.off('error', reject)
      socket.on('error', () => {})
      raw.take(data.subarray(end + 4))
      socket.on('data', (more) => raw.take(more))
      resolve(raw)
    })
    socket.on('close', () => {
      reject(new Error('the connection was closed'))
      raw.onClose()
    })
  })
}
