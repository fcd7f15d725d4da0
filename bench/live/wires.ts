import {
  FLEET_ENTRY_BYTES,
  FRAME,
  FRAME_FLAG,
  FRAME_HEADER_BYTES,
  POSITION_BYTES,
  readHeader,
  readOrderPosition,
  readRoster,
  writePosition,
} from '@doorstep/shared/contract'
import { baseOf, driverId, latAt, orderId, ZONE } from './city.ts'
import { clientFrame, textFrame } from './raw-socket.ts'

/** Takes what a socket was sent. */
export type Reader = (payload: Buffer, isBinary: boolean) => void

/** How a design under test is spoken to. */
export interface Wire {
  driverHello(n: number): Uint8Array[]
  consoleHello(n: number): Uint8Array[]
  customerHello(n: number): Uint8Array[]
  /** The frames with which a client that was here comes back and asks for what it missed. */
  driverReturn(n: number, after: number): Uint8Array[]
  customerReturn(n: number, after: number): Uint8Array[]
  /** A driver's position frame; the bytes are used again by the next call for the same driver. */
  position(n: number, sentMs: number, seq: number): Uint8Array
  /** A reader of what a console gets: which driver, and its latitude; of every `stride`th driver of a frame. */
  consoleReader(port: number, stride: number, visit: (n: number, lat: number) => void): Reader
  customerReader(visit: (n: number, lat: number) => void): Reader
  /** A reader that hears how old each frame is with which a console is up to date. */
  ageReader(visit: (ms: number) => void): Reader
}

const numberOf = (id: string) => Number.parseInt(id.slice(-12), 16)
const viewOf = (bytes: Buffer) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const VIEW = { bounds: [-8.75, 40.95, -8.25, 41.35], zoom: 12 }
const DEGREE = 1e7

/** Doorstep's protocol. */
export function doorstepWire(): Wire {
  const frames = new Map<number, { frame: Uint8Array; view: DataView }>()
  /** Which driver a slot is: the same for all consoles of a node. */
  const rosters = new Map<number, { numbers: number[]; isRead: boolean }>()
  const fix = { seq: 0, atMs: 0, lat: 0, lon: 0, courseDeg: 90, speedMps: 4, accuracyM: 5, battery: 0.9 }
  const hello = (token: string) => textFrame({ type: 'hello', token, client: 'bench' })
  const subscribe = (topic: string, rest = {}) => textFrame({ type: 'subscribe', topic, ref: 1, ...rest })
  return {
    driverHello: (n) => [hello(`driver:${n}`), subscribe(`driver:${driverId(n)}`)],
    consoleHello: (n) => [hello(`dispatcher:${n}`), subscribe(`zone:${ZONE}:fleet`, { view: VIEW })],
    customerHello: (n) => [hello(`customer:${n}`), subscribe(`order:${orderId(n)}`)],
    driverReturn: (n, after) => [hello(`driver:${n}`), subscribe(`driver:${driverId(n)}`, { after })],
    customerReturn: (n, after) => [hello(`customer:${n}`), subscribe(`order:${orderId(n)}`, { after })],
    position(n, sentMs, seq) {
      let made = frames.get(n)
      if (!made) {
        const frame = clientFrame(new Uint8Array(POSITION_BYTES), 'binary')
        made = { frame, view: new DataView(frame.buffer, 6, POSITION_BYTES) }
        frames.set(n, made)
      }
      fix.seq = seq
      fix.atMs = sentMs
      fix.lat = latAt(n, sentMs)
      fix.lon = baseOf(n).lon
      writePosition(made.view, fix)
      return made.frame
    },
    consoleReader(port, stride, visit) {
      const known = rosters.get(port)
      const roster = known ?? { numbers: [], isRead: false }
      rosters.set(port, roster)
      const readsRoster = known === undefined
      let phase = 0
      return (payload, isBinary) => {
        if (!isBinary) return
        const view = viewOf(payload)
        const header = readHeader(view)
        if (readsRoster && header?.kind === FRAME.roster) {
          readRoster(view, header, (slot, id) => (roster.numbers[slot] = numberOf(id)))
        }
        if (header?.kind !== FRAME.fleet || header.flags !== 0) return
        for (let i = phase++ % stride; i < header.count; i += stride) {
          const at = FRAME_HEADER_BYTES + i * FLEET_ENTRY_BYTES
          visit(roster.numbers[view.getUint32(at, true)] ?? -1, view.getInt32(at + 4, true) / DEGREE)
        }
      }
    },
    ageReader: (visit) => (payload, isBinary) => {
      const header = isBinary ? readHeader(viewOf(payload)) : undefined
      if (header?.kind !== FRAME.fleet) return
      if (header.flags === 0 || header.flags & FRAME_FLAG.complete) visit(Date.now() - header.atMs)
    },
    customerReader: (visit) => (payload, isBinary) => {
      const position = isBinary ? readOrderPosition(viewOf(payload)) : undefined
      if (position) visit(numberOf(position.driverId), position.lat)
    },
  }
}

/** What most teams write first: everything is JSON. */
export function textbookWire(): Wire {
  const reader =
    (visit: (n: number, lat: number) => void): Reader =>
    (payload) => {
      const message = JSON.parse(payload.toString()) as { type: string; driverId: string; lat: number }
      if (message.type === 'location_update') visit(numberOf(message.driverId), message.lat)
    }
  const driverHello = (n: number) => [textFrame({ type: 'hello', role: 'driver', id: driverId(n) })]
  const customerHello = (n: number) => [textFrame({ type: 'hello', role: 'customer', id: driverId(n), follows: driverId(n) })]
  return {
    driverHello,
    customerHello,
    consoleHello: (n) => [textFrame({ type: 'hello', role: 'dispatcher', id: driverId(n) })],
    driverReturn: driverHello,
    customerReturn: customerHello,
    position: (n, sentMs, seq) =>
      textFrame({ type: 'position', driverId: driverId(n), seq, atMs: sentMs, lat: latAt(n, sentMs), lon: baseOf(n).lon }),
    consoleReader: (_port, _stride, visit) => reader(visit),
    customerReader: reader,
    ageReader: () => () => {},
  }
}
