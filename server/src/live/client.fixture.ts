import { type ClientMessage, FRAME, readFleet, readHeader, type ServerMessage } from '@doorstep/shared/contract'
import type { DriverId } from '@doorstep/shared/domain'
import { moveDriver, setShift, slotOf } from '../fleet/index.ts'
import { manualClock } from '../platform/index.ts'
import { createNode, createWorld, type Node, testBus, uuid, worldTopics, ZONE } from './gateway.fixture.ts'

/** A node on a clock that stands still, and its world. */
export async function setup() {
  const clock = manualClock(1_800_000_000_000)
  const bus = testBus(clock)
  const world = createWorld(bus)
  const node = await createNode({ clock, bus, topics: worldTopics(world) })
  return { clock, bus, world, node }
}

/** A client on a socket that the test empties by hand when `isStuck`. */
export function connect(node: Node, token?: string) {
  const inbox: ServerMessage[] = []
  const frames: DataView[] = []
  const waiting: { bytes: number; sent: (() => void) | undefined; deliver: () => void }[] = []
  const state = { isStuck: false, closed: undefined as number | undefined, peakBytes: 0 }
  const socket = {
    get bufferedAmount() {
      return waiting.reduce((sum, item) => sum + item.bytes, 0)
    },
    send(data: string | Uint8Array, sent?: () => void) {
      const deliver = () => {
        if (typeof data === 'string') inbox.push(JSON.parse(data) as ServerMessage)
        else frames.push(new DataView(data.buffer, data.byteOffset, data.byteLength))
      }
      waiting.push({ bytes: data.length, sent, deliver })
      state.peakBytes = Math.max(state.peakBytes, socket.bufferedAmount)
      if (!state.isStuck) drain()
    },
    close: (code: number) => {
      state.closed ??= code
    },
  }
  const drain = () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) {
      item.deliver()
      item.sent?.()
    }
  }
  const connection = node.gateway.connect(socket, undefined)
  const say = (message: ClientMessage) => connection.receive(JSON.stringify(message))
  if (token) say({ type: 'hello', token, client: 'test' })
  const of = <Type extends ServerMessage['type']>(type: Type) =>
    inbox.filter((message): message is Extract<ServerMessage, { type: Type }> => message.type === type)
  return { connection, say, inbox, frames, state, drain, of }
}

/** Puts a driver on shift at a place. */
export function putDriver(node: Node, n: number, lat: number, lon: number, seq = 1) {
  setShift(node.fleet, { driverId: uuid(n) as DriverId, zoneId: ZONE, vehicle: 'car', maxOrders: 3, shift: 'online' })
  const slot = slotOf(node.fleet, uuid(n))
  moveDriver(node.fleet, slot, { lat, lon, atMs: node.clock.nowMs() + seq, seq, courseDeg: 90, speedMps: 3 })
  return slot
}
/** Lets the gateway send what moved. */
export const flush = (node: Node) => {
  node.moved()
  node.clock.advance(60)
}
/** What fleet frames show: the last place and state per slot. */
export const drivers = (frames: DataView[]) => {
  const seen = new Map<number, { lat: number; state: number }>()
  for (const frame of frames) {
    const header = readHeader(frame)!
    if (header.kind === FRAME.fleet) readFleet(frame, header, ({ slot, lat, state }) => seen.set(slot, { lat, state }))
  }
  return seen
}
