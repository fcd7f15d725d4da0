import {
  DRIVER_STATE,
  FRAME,
  FRAME_FLAG,
  readCells,
  readHeader,
  readOrderPosition,
  readRoster,
  writePosition,
} from '@doorstep/shared/contract'
import type { DriverId } from '@doorstep/shared/domain'
import { afterEach, describe, expect, it } from 'vitest'
import { setOrderDriver } from '../fleet/index.ts'
import { connect, drivers, flush, putDriver, setup } from './client.fixture.ts'
import { settle, uuid, ZONE } from './gateway.fixture.ts'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})
const start = async () => {
  const started = await setup()
  stops.push(() => started.node.gateway.stop())
  return started
}

describe('positions on the live gateway', () => {
  it('sends a fleet as a whole, then what moved, only within the view', async () => {
    const { node } = await start()
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
    const { node, clock } = await start()
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
    const { node } = await start()
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
    const { node } = await start()
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
})
