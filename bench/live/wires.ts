import {
  FRAME,
  POSITION_BYTES,
  readFleet,
  readHeader,
  readOrderPosition,
  readRoster,
  writePosition,
} from '@doorstep/shared/contract'
import { baseOf, driverId, latAt, orderId, ZONE } from './city.ts'
import { clientFrame, textFrame } from './raw-socket.ts'

/** How a design under test is spoken to. */
export interface Wire {
  driverHello(n: number): Uint8Array[]
  consoleHello(n: number): Uint8Array[]
  customerHello(n: number): Uint8Array[]
  /** A driver's position frame; the bytes may be used again by the next call for the same driver. */
  position(n: number, sentMs: number, seq: number): Uint8Array
  /** A reader of what a console gets: which driver, and its latitude. */
  consoleReader(visit: (n: number, lat: number) => void): (payload: Buffer, isBinary: boolean) => void
  customerReader(visit: (n: number, lat: number) => void): (payload: Buffer, isBinary: boolean) => void
}

const numberOf = (id: string) => Number.parseInt(id.slice(-12), 16)
const viewOf = (bytes: Buffer) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const VIEW = { bounds: [-8.75, 40.95, -8.25, 41.35], zoom: 12 }

/** Doorstep's protocol. */
export function doorstepWire(): Wire {
  const frames = new Map<number, { frame: Uint8Array; view: DataView }>()
  const fix = { seq: 0, atMs: 0, lat: 0, lon: 0, courseDeg: 90, speedMps: 4, accuracyM: 5, battery: 0.9 }
  const hello = (token: string) => textFrame({ type: 'hello', token, client: 'bench' })
  const subscribe = (topic: string, rest = {}) => textFrame({ type: 'subscribe', topic, ref: 1, ...rest })
  return {
    driverHello: (n) => [hello(`driver:${n}`)],
    consoleHello: (n) => [hello(`dispatcher:${n}`), subscribe(`zone:${ZONE}:fleet`, { view: VIEW })],
    customerHello: (n) => [hello(`customer:${n}`), subscribe(`order:${orderId(n)}`)],
    position(n, sentMs, seq) {
      let made = frames.get(n)
      if (!made) {
        const frame = clientFrame(new Uint8Array(POSITION_BYTES), true)
        made = { frame, view: new DataView(frame.buffer, 6, POSITION_BYTES) }
        frames.set(n, made)
      }
      Object.assign(fix, { seq, atMs: sentMs, lat: latAt(n, sentMs), lon: baseOf(n).lon })
      writePosition(made.view, fix)
      return made.frame.slice()
    },
    consoleReader(visit) {
      const roster: number[] = []
      return (payload, isBinary) => {
        if (!isBinary) return
        const view = viewOf(payload)
        const header = readHeader(view)
        if (header?.kind === FRAME.roster) readRoster(view, header, (slot, id) => (roster[slot] = numberOf(id)))
        if (header?.kind !== FRAME.fleet || header.flags !== 0) return
        readFleet(view, header, ({ slot, lat }) => visit(roster[slot] ?? -1, lat))
      }
    },
    customerReader: (visit) => (payload, isBinary) => {
      const position = isBinary ? readOrderPosition(viewOf(payload)) : undefined
      if (position) visit(numberOf(position.driverId), position.lat)
    },
  }
}

/** What most teams write first: everything is JSON. */
export function textbookWire(): Wire {
  const reader = (visit: (n: number, lat: number) => void) => (payload: Buffer) => {
    const message = JSON.parse(payload.toString()) as { type: string; driverId: string; lat: number }
    if (message.type === 'location_update') visit(numberOf(message.driverId), message.lat)
  }
  return {
    driverHello: (n) => [textFrame({ type: 'hello', role: 'driver', id: driverId(n) })],
    consoleHello: (n) => [textFrame({ type: 'hello', role: 'dispatcher', id: driverId(n) })],
    customerHello: (n) => [textFrame({ type: 'hello', role: 'customer', id: driverId(n), follows: driverId(n) })],
    position: (n, sentMs, seq) =>
      textFrame({ type: 'position', driverId: driverId(n), seq, atMs: sentMs, lat: latAt(n, sentMs), lon: baseOf(n).lon }),
    consoleReader: reader,
    customerReader: reader,
  }
}
