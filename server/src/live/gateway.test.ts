import { afterEach, describe, expect, it } from 'vitest'
import { connect, setup } from './client.fixture.ts'
import { createNode, settle, uuid, worldTopics, ZONE } from './gateway.fixture.ts'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})
const start = async () => {
  const started = await setup()
  stops.push(() => started.node.gateway.stop())
  return started
}

describe('the live gateway', () => {
  it('says nothing and takes nothing before it knows who is there', async () => {
    const { node, clock } = await start()
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
    const { node, world } = await start()
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

  it('resumes on another node with exactly what was missed, and with a snapshot when that is gone', async () => {
    const { node, world, bus, clock } = await start()
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
    for (let n = 0; n < 600; n++) await world.change(uuid(1))
    const third = connect(node, 'dispatcher:1')
    await settle()
    third.say({ type: 'subscribe', topic, ref: 9, after })
    await settle()
    expect(third.of('snapshot')[0]).toMatchObject({ ref: 9, body: { version: 605 } })
  })

  it('what is not yours is refused like what is not there', async () => {
    const { node } = await start()
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
    const { node, world } = await start()
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
    const { node } = await start()
    const [one, two] = [connect(node, 'customer:1'), connect(node, 'customer:2')]
    await settle()
    node.revoke(uuid(1))
    expect([one.state.closed, two.state.closed]).toEqual([4401, undefined])
  })

  it('shows who is on a driver’s topic, so that a stand-in can make room', async () => {
    const { node } = await start()
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
    const { node } = await start()
    const [ana, rui] = [connect(node, 'dispatcher:1'), connect(node, 'dispatcher:2')]
    await settle()
    for (const client of [ana, rui]) client.say({ type: 'subscribe', topic: `zone:${ZONE}:orders`, ref: 1 })
    await settle()
    ana.say({ type: 'look', zoneId: ZONE, orderId: uuid(8) })
    expect(rui.of('presence').at(-1)!.present).toMatchObject([{ name: 'dispatcher:1', orderId: uuid(8) }])
  })

  it('on leaving, everyone is told to come back elsewhere, one after the other, and who does not leave is ended', async () => {
    const { node, clock } = await start()
    const clients = Array.from({ length: 400 }, (_, n) => connect(node, `dispatcher:${n}`))
    await settle()
    const drained = node.gateway.drain(5_000)
    const told = () => clients.filter((client) => client.of('going_away').length > 0)
    expect(told().length).toBe(50)
    told()[0]!.connection.closed()
    clock.advance(300)
    expect(told().length).toBe(350)
    expect(clients.every((client) => client.state.closed === undefined)).toBe(true)
    clock.advance(600)
    await drained
    const waits = clients.map((client) => client.of('going_away')[0]!.reconnectInMs)
    expect(Math.max(...waits)).toBeLessThanOrEqual(250)
    expect(new Set(waits).size).toBeGreaterThan(20)
    expect(clients.filter((client) => client.state.closed === 1012).length).toBe(399)
  })
})
