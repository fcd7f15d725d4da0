import { sinceSentMs } from './city.ts'
import { createHistogram, type Histogram } from './histogram.ts'
import type { Crowd, LoadSettings, Range } from './node-messages.ts'
import { openRawSocket, type RawSocket } from './raw-socket.ts'
import type { Wire } from './wires.ts'

/** Connects under way at a time, unless all are to come at once. */
const OPEN_AT_ONCE = 100
/** A console that shows a frame no older than this is up to date. */
const CURRENT_MS = 300
/** Consoles whose every entry is not needed are read in part: what they are sent is the same. */
const STRIDE = 50

/** A client with a history: the last change it saw, and how many. */
export interface Follower {
  n: number
  role: 'driver' | 'customer'
  socket: RawSocket
  sequence: number
  version: number
  isBack: boolean
  /** Changes that came twice, or with one left out before them. */
  outOfOrder: number
}

/** Everybody who is connected, and the ages of what they get. */
export interface ConnectedCrowd {
  drivers: Map<number, Follower>
  customers: Map<number, Follower>
  /** One console a node, looked at as a whole: what it shows of each driver. */
  shown: Float64Array[]
  slow: { socket: RawSocket | undefined; currentAtMs: number }
  ages: { console: Histogram; customer: Histogram }
  open(crowd: Crowd): Promise<void>
  close(crowd: Omit<Crowd, 'slow'>): void
  /** Connects a follower (again), with its frames. */
  enter(follower: Follower, frames: Uint8Array[]): Promise<void>
}

/** Nobody yet. */
export function createCrowd(wire: Wire, { ports }: LoadSettings): ConnectedCrowd {
  const portOf = (n: number) => ports[n % ports.length]!
  const consoles = new Map<number, RawSocket>()
  const idle = new Map<number, RawSocket>()
  const crowd: ConnectedCrowd = {
    drivers: new Map(),
    customers: new Map(),
    shown: [],
    slow: { socket: undefined, currentAtMs: 0 },
    ages: { console: createHistogram(), customer: createHistogram() },
    async open({ drivers, consoles: wanted, customers, idle: silent, slow }) {
      if (drivers) await inTurn(drivers, (n) => join(n, 'driver'))
      if (wanted) await inTurn(wanted, openConsole)
      if (customers) await inTurn(customers, (n) => join(n, 'customer'))
      if (silent) await inTurn(silent, async (n) => void idle.set(n, await greet(portOf(n), wire.customerHello(n), () => {})))
      if (slow) await openSlow()
    },
    close({ drivers, consoles: fewer, customers, idle: silent }) {
      for (const [range, map] of [
        [drivers, crowd.drivers],
        [customers, crowd.customers],
      ] as const)
        for (let n = range?.[0] ?? 0; n < (range?.[1] ?? 0); n++) if (map.get(n)) leave(map, n)
      for (const [range, map] of [
        [fewer, consoles],
        [silent, idle],
      ] as const)
        for (let n = range?.[0] ?? 0; n < (range?.[1] ?? 0); n++) map.get(n)?.close()
    },
    async enter(follower, frames) {
      const read = readerOf(follower)
      follower.socket = await greet(portOf(follower.n), frames, read)
    },
  }

  const readerOf = (follower: Follower) => {
    const age = wire.customerReader((n, lat) => crowd.ages.customer.add(sinceSentMs(n, lat, Date.now())))
    return (payload: Buffer, isBinary: boolean) => {
      if (isBinary || follower.role === 'customer') age(payload, isBinary)
      if (!isBinary) noteText(follower, payload)
    }
  }
  const join = async (n: number, role: Follower['role']) => {
    const follower = { n, role, sequence: 0, version: 0, isBack: false, outOfOrder: 0 } as Follower
    await crowd.enter(follower, role === 'driver' ? wire.driverHello(n) : wire.customerHello(n))
    crowd[role === 'driver' ? 'drivers' : 'customers'].set(n, follower)
  }
  const openConsole = async (n: number) => {
    const isChecked = crowd.shown.length < ports.length
    const shown = isChecked ? new Float64Array(0) : undefined
    const at = isChecked ? crowd.shown.push(shown!) - 1 : -1
    const read = wire.consoleReader(portOf(n), isChecked ? 1 : STRIDE, (driver, lat) => {
      if (driver < 0) return
      crowd.ages.console.add(sinceSentMs(driver, lat, Date.now()))
      if (at >= 0) show(crowd.shown, at, driver, lat)
    })
    consoles.set(n, await greet(portOf(n), wire.consoleHello(n), read))
  }
  const openSlow = async () => {
    const { slow } = crowd
    const read = wire.ageReader((ms) => {
      if (ms < CURRENT_MS && slow.currentAtMs === 0) slow.currentAtMs = performance.now()
    })
    slow.socket = await greet(portOf(0), wire.consoleHello(SLOW_CONSOLE), read)
  }
  return crowd
}

/** The number under which the slow console signs in, so that the node can watch its buffer. */
export const SLOW_CONSOLE = 999_999

function show(all: Float64Array[], at: number, driver: number, lat: number): void {
  if (driver >= all[at]!.length) {
    const grown = new Float64Array(Math.max(1_024, driver * 2))
    grown.set(all[at]!)
    all[at] = grown
  }
  all[at]![driver] = lat
}

/** Text is rare: changes and answers on the topics that somebody follows. */
function noteText(follower: Follower, payload: Buffer): void {
  const message = JSON.parse(payload.toString()) as {
    type: string
    sequence?: number
    version?: number
    body?: { version?: number }
  }
  if (message.type === 'status_update') {
    if (message.version !== follower.version + 1) follower.outOfOrder++
    follower.version = message.version ?? 0
  } else if (message.type === 'snapshot') follower.version = message.body?.version ?? 0
  if (message.type === 'snapshot' || message.type === 'resumed') follower.isBack = true
  if (message.sequence !== undefined) follower.sequence = message.sequence
}

/** The answer to hello has to come before anything else may be said. */
async function greet(port: number, frames: Uint8Array[], read: RawSocket['onMessage']): Promise<RawSocket> {
  const socket = await openRawSocket(port)
  await new Promise<void>((resolve, reject) => {
    socket.onMessage = () => resolve()
    socket.onClose = () => reject(new Error('the connection was closed'))
    socket.send(frames[0]!)
  })
  socket.onMessage = read
  for (const frame of frames.slice(1)) socket.send(frame)
  return socket
}

async function inTurn([from, to]: Range, open: (n: number) => Promise<void>): Promise<void> {
  for (let n = from; n < to; n += OPEN_AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(OPEN_AT_ONCE, to - n) }, (_, i) => open(n + i)))
  }
}

function leave(map: Map<number, Follower>, n: number): void {
  map.get(n)?.socket.close()
  map.delete(n)
}
