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

/** A masked client frame around a payload below 64 KiB; the mask is zero, so the payload can be changed in place. */
export function clientFrame(payload: Uint8Array, isBinary: boolean): Uint8Array {
  const isShort = payload.length < 126
  const head = isShort ? 6 : 8
  const frame = new Uint8Array(head + payload.length)
  frame[0] = isBinary ? 0x82 : 0x81
  frame[1] = 0x80 | (isShort ? payload.length : 126)
  if (!isShort) new DataView(frame.buffer).setUint16(2, payload.length)
  frame.set(payload, head)
  return frame
}

/** A text frame of a message. */
export const textFrame = (message: unknown) => clientFrame(Buffer.from(JSON.stringify(message)), false)

/** Connects and shakes hands. */
export function openRawSocket(port: number): Promise<RawSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const raw: RawSocket = {
      send: (frame) => void socket.write(frame),
      pause: () => void socket.pause(),
      resume: () => void socket.resume(),
      close: () => void socket.destroy(),
      onMessage: () => {},
      onClose: () => {},
    }
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.write(
        'GET /api/v1/live HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
          'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: doorstep.v1\r\n\r\n',
      )
    })
    socket.once('data', (data) => {
      const end = data.indexOf('\r\n\r\n')
      if (!data.toString('latin1', 0, 12).includes('101') || end < 0) return reject(new Error(data.toString('latin1', 0, 60)))
      socket.off('error', reject)
      socket.on('error', () => {})
      readFrames(socket, data.subarray(end + 4), raw)
      resolve(raw)
    })
    socket.on('close', () => {
      reject(new Error('the connection was closed'))
      raw.onClose()
    })
  })
}

function readFrames(socket: Socket, first: Buffer, raw: RawSocket): void {
  let rest: Buffer = first
  const take = () => {
    for (;;) {
      if (rest.length < 2) return
      const code = rest[1]! & 0x7f
      const head = code < 126 ? 2 : code === 126 ? 4 : 10
      if (rest.length < head) return
      const length = code < 126 ? code : code === 126 ? rest.readUInt16BE(2) : Number(rest.readBigUInt64BE(2))
      if (rest.length < head + length) return
      const opcode = rest[0]! & 0x0f
      if (opcode === 1 || opcode === 2) raw.onMessage(rest.subarray(head, head + length), opcode === 2)
      if (opcode === 8) raw.close()
      rest = rest.subarray(head + length)
    }
  }
  take()
  socket.on('data', (data) => {
    rest = rest.length > 0 ? Buffer.concat([rest, data]) : data
    take()
  })
}
