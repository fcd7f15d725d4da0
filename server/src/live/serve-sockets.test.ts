import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ServerMessage } from '@doorstep/shared/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { silentLog } from '../platform/index.ts'
import { setup } from './client.fixture.ts'
import { settle } from './gateway.fixture.ts'
import { serveLiveSockets } from './serve-sockets.ts'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})
const start = async () => {
  const started = await setup()
  stops.push(() => started.node.gateway.stop())
  return started
}

describe('over real sockets', () => {
  it('speaks its protocol on its own path to pages of its own origin, by cookie or token', async () => {
    const { node, world } = await start()
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
          resolve((JSON.parse((data as Buffer).toString()) as ServerMessage).type)
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

  it('on closing tells clients to come back elsewhere before their sockets go, and lets nobody new in', async () => {
    const { node } = await start()
    const server = createServer()
    const close = serveLiveSockets(server, {
      ...{ log: silentLog(), tokenOf: () => 'dispatcher:1', isAllowedOrigin: () => true },
      gateway: { ...node.gateway, drain: (spreadMs) => within(node.gateway.drain(spreadMs), () => node.clock.advance(1_000)) },
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stops.push(() => new Promise((resolve) => server.close(resolve)))
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/live`
    const told: string[] = []
    const socket = new WebSocket(url, ['doorstep.v1'])
    socket.on('message', (data: Buffer) => told.push((JSON.parse(data.toString()) as ServerMessage).type))
    await new Promise((resolve) => socket.on('open', resolve))
    socket.send(JSON.stringify({ type: 'hello', client: 'test' }))
    await new Promise((resolve) => socket.once('message', resolve))
    const closed = new Promise((resolve) => socket.on('close', resolve))
    const closing = close(1_000)
    const refused = await new Promise((resolve) => {
      const late = new WebSocket(url, ['doorstep.v1'])
      late.on('unexpected-response', (_, response) => resolve(response.statusCode))
      late.on('error', () => resolve('refused'))
    })
    expect(refused).toBe(503)
    expect(await closed).toBe(1012)
    await closing
    expect(told).toEqual(['hello', 'going_away'])
  })
})

/** Goes on with the clock in a while, and then waits. */
async function within(task: Promise<void>, goOn: () => void): Promise<void> {
  await settle(50)
  goOn()
  await task
}
