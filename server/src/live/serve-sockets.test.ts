import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ServerMessage } from '@doorstep/shared/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { silentLog } from '../platform/index.ts'
import { setup } from './client.fixture.ts'
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
})
