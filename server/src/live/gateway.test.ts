import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type ClientMessage,
  DRIVER_STATE,
  FRAME,
  FRAME_FLAG,
  readCells,
  readFleet,
  readHeader,
  readOrderPosition,
  readRoster,
  type ServerMessage,
  writePosition,
} from '@doorstep/shared/contract'
import type { DriverId } from '@doorstep/shared/domain'
import { seededRng } from '@doorstep/shared/domain'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { moveDriver, setOrderDriver, setShift, slotOf } from '../fleet/index.ts'
import { manualClock, silentLog } from '../platform/index.ts'
import { createNode, createWorld, type Node, settle, testBus, uuid, worldTopics, ZONE } from './gateway.fixture.ts'
import { serveLiveSockets } from './serve-sockets.ts'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function setup() {
  const clock = manualClock(1_800_000_000_000)
  const bus = testBus(clock)
  const world = createWorld(bus)
  const node = await createNode({ clock, bus, topics: worldTopics(world) })
  stops.push(() => node.gateway.stop())
  return { clock, bus, world, node }
}

/** A client on a socket that the test empties by hand when `isStuck`. */
function connect(node: Node, token?: string) {
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

function putDriver(node: Node, n: number, lat: number, lon: number, seq = 1) {
  setShift(node.fleet, { driverId: uuid(n) as DriverId, zoneId: ZONE, vehicle: 'car', maxOrders: 3, shift: 'online' })
  const slot = slotOf(node.fleet, uuid(n))
  moveDriver(node.fleet, slot, { lat, lon, atMs: node.clock.nowMs() + seq, seq, courseDeg: 90, speedMps: 3 })
  return slot
}
const flush = (node: Node) => {
  node.moved()
  node.clock.advance(60)
}
const drivers = (frames: DataView[]) => {
  const seen = new Map<number, { lat: number; state: number }>()
  for (const frame of frames) {
    const header = readHeader(frame)!
    if (header.kind === FRAME.fleet) readFleet(frame, header, ({ slot, lat, state }) => seen.set(slot, { lat, state }))
  }
  return seen
}

describe('the live gateway', () => {
  it('says nothing and takes nothing before it knows who is there', async () => {
    const { node, clock } = await setup()
    const early = connect(node)
    early.say({ type: 'subscribe', topic: `order:${uuid(1)}`, ref: 1 })
    expect([early.state.closed, early.inbox]).toEqual([4400, []])
    const stranger = connect(node, 'nobody:1')
    const silent = connect(node)
    await settle()
    expect([stranger.state.closed, stranger.inbox]).toEqual([4401, []])
    clock.advance(21_000)
    expect(silent.state.closed).toBe(4408)
    const known = connect(node, 'customer:1')
    await settle()
    expect(known.of('hello')[0]).toMatchObject({ nowMs: clock.nowMs(), clockSpeed: 1, me: { role: 'customer', driverId: null } })
  })

  it('gives a topic as a whole, then every change in order, made for who reads', async () => {
    const { node, world } = await setup()
    await world.change(uuid(1))
    const [customer, staff] = [connect(node, 'customer:1'), connect(node, 'dispatcher:1')]
    await settle()
    for (const client of [customer, staff]) client.say({ type: 'subscribe', topic: `order:${uuid(1)}`, ref: 1 })
    await settle()
    expect(customer.of('snapshot')[0]).toMatchObject({ body: { version: 1 }, ref: 1 })
    for (let n = 0; n < 3; n++) await world.change(uuid(1))
    await world.change(uuid(2))
    await settle()
    const updates = customer.of('status_update')
    expect(updates.map((update) => update.version)).toEqual([2, 3, 4])
    expect(updates.map((update) => update.previous)).toEqual([
      customer.of('snapshot')[0]!.sequence,
      updates[0]!.sequence,
      updates[1]!.sequence,
    ])
    expect([updates[0]!.order, staff.of('status_update')[0]!.order]).toEqual([{ seenBy: 'customer' }, { seenBy: 'dispatcher' }])
  })

  it('whoever subscribes while a slow event holds the line up misses nothing of what comes behind it', async () => {
    const clock = manualClock(1_800_000_000_000)
    const bus = testBus(clock)
    const world = createWorld(bus)
    const topics = worldTopics(world)
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const node = await createNode({
      ...{ clock, bus },
      topics: {
        ...topics,
        async changes(zoneId, event, isWatched) {
          if (event.subjects.orderId === uuid(50)) await gate
          return topics.changes(zoneId, event, isWatched)
        },
      },
    })
    stops.push(() => node.gateway.stop())
    const client = connect(node, 'dispatcher:1')
    await settle()
    await world.change(uuid(50))
    client.say({ type: 'subscribe', topic: `order:${uuid(1)}`, ref: 1 })
    await settle()
    await world.change(uuid(1))
    await settle()
    release()
    await settle(6)
    const versions = client.of('status_update').map((update) => update.version)
    expect(versions).toEqual([1])
  })

  it('resumes on another node with exactly what was missed, and with a snapshot when that is gone', async () => {
    const { node, world, bus, clock } = await setup()
    const other = await createNode({ clock, bus, topics: worldTopics(world), nodeId: 'node-2' })
    stops.push(() => other.gateway.stop())
    const first = connect(node, 'dispatcher:1')
    await settle()
    const topic = `order:${uuid(1)}`
    first.say({ type: 'subscribe', topic, ref: 1 })
    await settle()
    await world.change(uuid(1))
    await settle()
    const after = first.of('status_update')[0]!.sequence!
    first.connection.closed()
    for (let n = 0; n < 3; n++) await world.change(uuid(1))
    const second = connect(other, 'dispatcher:1')
    await settle()
    second.say({ type: 'subscribe', topic, ref: 7, after })
    await settle()
    await world.change(uuid(1))
    await settle()
    expect(second.inbox.map((message) => message.type)).toEqual([
      ...['hello', 'status_update', 'status_update', 'status_update', 'resumed', 'status_update'],
    ])
    expect(second.of('status_update').map((update) => update.version)).toEqual([2, 3, 4, 5])
    expect(second.of('status_update')[0]!.previous).toBe(after)
    for (let n = 0; n < 300; n++) await world.change(uuid(1))
    const third = connect(node, 'dispatcher:1')
    await settle()
    third.say({ type: 'subscribe', topic, ref: 9, after })
    await settle()
    expect(third.of('snapshot')[0]).toMatchObject({ ref: 9, body: { version: 305 } })
  })

  it('what is not yours is refused like what is not there', async () => {
    const { node } = await setup()
    const customer = connect(node, 'customer:1')
    await settle()
    const topics = [`order:${uuid(100)}`, `driver:${uuid(1)}`, `merchant:${uuid(1)}`, `zone:${ZONE}:orders`, `zone:${ZONE}:fleet`]
    topics.forEach((topic, i) => customer.say({ type: 'subscribe', topic, ref: i }))
    await settle()
    expect(
      customer
        .of('refused')
        .map(({ topic, code }) => `${topic} ${code}`)
        .sort(),
    ).toEqual(topics.map((topic) => `${topic} not_found`).sort())
    expect(customer.inbox.length).toBe(1 + topics.length)
  })

  it('whoever may no longer see a topic loses it with the change that says so, and others keep it', async () => {
    const { node, world } = await setup()
    const [customer, staff] = [connect(node, 'customer:13'), connect(node, 'dispatcher:1')]
    await settle()
    for (const client of [customer, staff]) client.say({ type: 'subscribe', topic: `order:${uuid(13)}`, ref: 1 })
    await settle()
    for (let n = 0; n < 14; n++) await world.change(uuid(13))
    await settle()
    expect([customer.of('status_update').length, staff.of('status_update').length]).toEqual([12, 14])
    expect(customer.of('refused')).toMatchObject([{ ref: 1, code: 'not_found' }])
  })

  it('a session that ends takes its connections with it', async () => {
    const { node } = await setup()
    const [one, two] = [connect(node, 'customer:1'), connect(node, 'customer:2')]
    await settle()
    node.revoke(uuid(1))
    expect([one.state.closed, two.state.closed]).toEqual([4401, undefined])
  })

  it('sends a fleet as a whole, then what moved, only within the view', async () => {
    const { node } = await setup()
    for (let n = 1; n <= 50; n++) putDriver(node, n, 41 + n / 1_000, -8)
    putDriver(node, 60, 45, 5)
    flush(node)
    const console1 = connect(node, 'dispatcher:1')
    await settle()
    const topic = `zone:${ZONE}:fleet`
    console1.say({ type: 'subscribe', topic, ref: 1, view: { bounds: [-8.1, 40.9, -7.9, 41.1], zoom: 13 } })
    const headers = console1.frames.map((frame) => readHeader(frame)!)
    expect(headers.map(({ kind }) => kind)).toEqual([FRAME.roster, FRAME.fleet])
    expect(headers[1]!.flags).toBe(FRAME_FLAG.begin | FRAME_FLAG.catchUp | FRAME_FLAG.complete)
    const roster = new Map<number, string>()
    readRoster(console1.frames[0]!, headers[0]!, (slot, id) => roster.set(slot, id))
    expect([roster.size, roster.get(0)]).toEqual([51, uuid(1)])
    expect(drivers(console1.frames).size).toBe(50)
    flush(node)
    console1.frames.length = 0
    putDriver(node, 3, 41.02, -8, 2)
    putDriver(node, 60, 45.01, 5, 2)
    putDriver(node, 70, 41.05, -8)
    flush(node)
    expect([...drivers(console1.frames).entries()]).toEqual([
      [2, { lat: 41.02, state: DRIVER_STATE.idle }],
      [51, { lat: 41.05, state: DRIVER_STATE.idle }],
    ])
    console1.frames.length = 0
    console1.say({ type: 'view', topic, bounds: [4.9, 44.9, 5.1, 45.1], zoom: 13 })
    expect([...drivers(console1.frames).keys()]).toEqual([50])
    putDriver(node, 60, 41, -8, 3)
    flush(node)
    expect(drivers(console1.frames).get(50)!.lat).toBe(41)
  })

  it('one frame serves all who see the same, and far out drivers come as counts', async () => {
    const { node, clock } = await setup()
    for (let n = 1; n <= 20; n++) putDriver(node, n, 41 + n / 1_000, -8)
    const clients = [1, 2, 3].map((n) => connect(node, `dispatcher:${n}`))
    await settle()
    const view = (zoom: number) => ({ bounds: [-8.1, 40.9, -7.9, 41.1] as [number, number, number, number], zoom })
    clients.forEach((client, i) =>
      client.say({ type: 'subscribe', topic: `zone:${ZONE}:fleet`, ref: 1, view: view(i === 2 ? 6 : 13) }),
    )
    flush(node)
    for (const client of clients) client.frames.length = 0
    putDriver(node, 3, 41.02, -8, 2)
    clock.advance(1_000)
    flush(node)
    expect(clients[0]!.frames[0]!.buffer).toBe(clients[1]!.frames[0]!.buffer)
    const far = clients[2]!.frames[0]!
    let total = 0
    readCells(far, readHeader(far)!, (_lat, _lon, idle, busy) => {
      total += idle + busy
    })
    expect([readHeader(far)!.kind, total]).toEqual([FRAME.cells, 20])
  })

  it('a customer sees the driver only while their order is in the bag', async () => {
    const { node } = await setup()
    const slot = putDriver(node, 5, 41, -8)
    const order = uuid(1)
    setOrderDriver(node.fleet, order, uuid(5) as DriverId, false)
    const customer = connect(node, 'customer:1')
    await settle()
    customer.say({ type: 'subscribe', topic: `order:${order}`, ref: 1 })
    await settle()
    const move = (lat: number, seq: number) => {
      putDriver(node, 5, lat, -8, seq)
      flush(node)
    }
    move(41.001, 2)
    expect(customer.frames).toEqual([])
    setOrderDriver(node.fleet, order, uuid(5) as DriverId, true)
    move(41.002, 3)
    setOrderDriver(node.fleet, order, null, false)
    move(41.003, 4)
    expect(customer.frames.map((frame) => readOrderPosition(frame))).toMatchObject([
      { orderId: order, driverId: uuid(5), lat: 41.002, courseDeg: 90 },
    ])
    expect(slot).toBe(0)
  })

  it('takes drivers’ positions as frames and as JSON, and says when one is refused', async () => {
    const { node } = await setup()
    const driver = connect(node, 'driver:5')
    await settle()
    const view = new DataView(new ArrayBuffer(32))
    const numbers = { courseDeg: 1, speedMps: Number.NaN, accuracyM: 5, battery: 0.5 }
    writePosition(view, { seq: 1, atMs: 5, lat: 41, lon: -8, ...numbers })
    driver.connection.receive(new Uint8Array(view.buffer))
    driver.say({ type: 'position', seq: 2, atMs: 6, lat: 42, lon: -8 })
    driver.say({ type: 'position', seq: 3, atMs: 7, lat: 85, lon: -8 })
    expect(node.taken).toEqual([
      { seq: 1, lat: 41 },
      { seq: 2, lat: 42 },
    ])
    expect(driver.of('position_refused')).toEqual([{ type: 'position_refused', seq: 3, rule: 'out_of_range' }])
    const customer = connect(node, 'customer:1')
    await settle()
    customer.connection.receive(new Uint8Array(view.buffer))
    expect([node.taken.length, customer.of('problem').length]).toEqual([2, 1])
  })

  it('shows who is on a driver’s topic, so that a stand-in can make room', async () => {
    const { node } = await setup()
    const simulator = connect(node, 'driver:5')
    await settle()
    simulator.say({ type: 'subscribe', topic: `driver:${uuid(5)}`, ref: 1 })
    await settle()
    const person = connect(node)
    person.say({ type: 'hello', token: 'driver:5', client: 'driver-app' })
    await settle()
    person.say({ type: 'subscribe', topic: `driver:${uuid(5)}`, ref: 1 })
    await settle()
    const clients = () =>
      simulator
        .of('presence')
        .at(-1)!
        .present.map(({ client }) => client)
    expect(clients()).toEqual(['test', 'driver-app'])
    person.connection.closed()
    expect(clients()).toEqual(['test'])
  })

  it('shows dispatchers who looks at which order', async () => {
    const { node } = await setup()
    const [ana, rui] = [connect(node, 'dispatcher:1'), connect(node, 'dispatcher:2')]
    await settle()
    for (const client of [ana, rui]) client.say({ type: 'subscribe', topic: `zone:${ZONE}:orders`, ref: 1 })
    await settle()
    ana.say({ type: 'look', zoneId: ZONE, orderId: uuid(8) })
    expect(rui.of('presence').at(-1)!.present).toMatchObject([{ name: 'dispatcher:1', orderId: uuid(8) }])
  })

  it('a reader that stops costs a bounded number of bytes, nobody else waits, and it is current when it reads again', async () => {
    const { node, world } = await setup()
    for (let n = 1; n <= 9_000; n++) putDriver(node, n, 41 + (n % 100) / 1_000, -8 + n / 100_000)
    flush(node)
    const [slow, other] = [connect(node, 'dispatcher:1'), connect(node, 'dispatcher:2')]
    await settle()
    const view = { bounds: [-8.2, 40.9, -7.8, 41.2] as [number, number, number, number], zoom: 12 }
    for (const client of [slow, other]) {
      client.say({ type: 'subscribe', topic: `zone:${ZONE}:fleet`, ref: 1, view })
      client.say({ type: 'subscribe', topic: `order:${uuid(1)}`, ref: 1 })
    }
    await settle()
    slow.state.isStuck = true
    for (let round = 2; round < 30; round++) {
      for (let n = 1; n <= 9_000; n += 3) putDriver(node, n, 41 + (n % 100) / 1_000 + round / 1e6, -8 + n / 100_000, round)
      await world.change(uuid(1))
      flush(node)
      await settle(1)
    }
    expect(slow.state.peakBytes).toBeLessThan(1 << 20)
    expect(other.of('status_update').length).toBe(28)
    slow.state.isStuck = false
    slow.drain()
    await settle()
    expect(drivers(slow.frames)).toEqual(drivers(other.frames))
    expect(drivers(slow.frames).size).toBe(9_000)
    for (let n = 0; n < 3_000; n++) await world.change(uuid(1))
    await settle()
    const seen = Math.max(
      ...slow.of('status_update').map((update) => update.version),
      ...slow.of('snapshot').map((snapshot) => (snapshot.body as { version?: number }).version ?? 0),
    )
    expect(seen).toBe(world.versions.get(uuid(1)))
  })

  it('10,000 malformed messages crash nothing and cost only their sender the connection', async () => {
    const { node, world } = await setup()
    const good = connect(node, 'dispatcher:1')
    await settle()
    good.say({ type: 'subscribe', topic: `order:${uuid(1)}`, ref: 1 })
    await settle()
    const rng = seededRng(11)
    const pieces = [
      '{',
      '}',
      '"type"',
      ':',
      '"subscribe"',
      ',',
      '"topic"',
      `"order:${uuid(1)}"`,
      'null',
      '[',
      ']',
      '1e999',
      '"\\u0000"',
      '__proto__',
    ]
    const junk = (): string | Uint8Array => {
      const pick = rng()
      if (pick < 0.3) return Uint8Array.from({ length: Math.floor(rng() * 64) }, () => Math.floor(rng() * 256))
      if (pick < 0.4) return Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : Math.floor(rng() * 256)))
      if (pick < 0.7) return Array.from({ length: 8 }, () => pieces[Math.floor(rng() * pieces.length)]).join('')
      const types = ['hello', 'subscribe', 'view', 'position', 'look', 'ping', 'unsubscribe', 'nothing', 7, null]
      const values = [uuid(1), `order:${uuid(1)}`, -1, 1e300, '', {}, [], null, true, 'x'.repeat(5_000), [[0, 0], [1]]]
      const value = () => values[Math.floor(rng() * values.length)]
      return JSON.stringify({
        type: types[Math.floor(rng() * types.length)],
        ...{
          topic: value(),
          ref: value(),
          zoneId: value(),
          bounds: value(),
          zoom: value(),
          seq: value(),
          lat: value(),
          id: value(),
        },
      })
    }
    let bad = connect(node, 'driver:3')
    await settle()
    for (let n = 0; n < 10_000; n++) {
      if (bad.state.closed !== undefined) {
        bad.connection.closed()
        bad = connect(node, rng() < 0.5 ? 'driver:3' : undefined)
        await settle(1)
      }
      bad.connection.receive(junk())
    }
    bad.connection.closed()
    await world.change(uuid(1))
    await settle()
    expect(good.of('status_update').length).toBe(1)
    expect(node.gateway.connections()).toBe(1)
  })

  it('on leaving, everyone is told to come back elsewhere, spread in time', async () => {
    const { node, clock } = await setup()
    const clients = [1, 2, 3, 4, 5].map((n) => connect(node, `dispatcher:${n}`))
    await settle()
    const drained = node.gateway.drain(5_000)
    clock.advance(1_000)
    await drained
    const waits = clients.map((client) => client.of('going_away')[0]!.reconnectInMs)
    expect(Math.max(...waits)).toBeLessThanOrEqual(5_000)
    expect(new Set(waits).size).toBeGreaterThan(1)
    expect(clients.map((client) => client.state.closed)).toEqual([1012, 1012, 1012, 1012, 1012])
  })
})

describe('over real sockets', () => {
  it('speaks its protocol on its own path to pages of its own origin, by cookie or token', async () => {
    const { node, world } = await setup()
    const server = createServer()
    const close = serveLiveSockets(server, {
      gateway: node.gateway,
      log: silentLog(),
      tokenOf: (request) => /session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1],
      isAllowedOrigin: (origin, request) => origin === `http://${request.headers.host}`,
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stops.push(close, () => new Promise((resolve) => server.close(resolve)))
    const base = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const outcome = (path: string, protocol: string[], headers: Record<string, string> = {}) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`ws://${base}${path}`, protocol, { headers })
        socket.on('unexpected-response', (_, response) => resolve(String(response.statusCode)))
        socket.on('error', (error) => resolve(error.message))
        socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', client: 'test' })))
        socket.on('message', (data) => {
          resolve((JSON.parse(String(data)) as ServerMessage).type)
          socket.close()
        })
        socket.on('close', (code) => resolve(`closed ${code}`))
      })
    const cookie = { cookie: 'a=b; session=dispatcher:1' }
    expect(await outcome('/api/v1/live', ['doorstep.v1'], cookie)).toBe('hello')
    expect(await outcome('/api/v1/live?x=1', ['other', 'doorstep.v1'], { ...cookie, origin: `http://${base}` })).toBe('hello')
    expect(await outcome('/api/v1/live', ['doorstep.v1'])).toBe('closed 4401')
    expect(await outcome('/elsewhere', ['doorstep.v1'], cookie)).toBe('404')
    expect(await outcome('/api/v1/live', ['other'], cookie)).toBe('426')
    expect(await outcome('/api/v1/live', ['doorstep.v1'], { ...cookie, origin: 'http://evil.example' })).toBe('403')
    expect(world.versions.size).toBe(0)
  })
})
