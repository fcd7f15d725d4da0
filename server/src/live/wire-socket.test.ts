import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterEach, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import type { LiveSocket } from './live-socket.ts'
import { wireSocket } from './wire-socket.ts'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

/** A server's socket and the client at its other end. */
async function joined() {
  const server = createServer()
  const upgrades = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  const accepted = new Promise<LiveSocket>((resolve) => {
    server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) =>
      upgrades.handleUpgrade(request, stream, head, (socket) => resolve(wireSocket(socket, stream))),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  stops.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => client.terminate(),
  )
  const got: (string | Buffer)[] = []
  client.on('message', (data: Buffer, isBinary) => got.push(isBinary ? data : data.toString()))
  return { socket: await accepted, client, got }
}

it('carries text and bytes of every length whole and in order, also what went to another reader just before', async () => {
  const [one, other] = [await joined(), await joined()]
  const sizes = [0, 1, 125, 126, 127, 65_535, 65_536, 300_000]
  const messages = sizes.flatMap((size) => [
    `${'é'.repeat(size >> 1)}${'x'.repeat(size & 1)}`,
    new Uint8Array(size).fill(size % 251),
  ])
  for (const message of messages) for (const { socket } of [one, other]) socket.send(message)
  const closed = Promise.all([one, other].map(({ client }) => new Promise((resolve) => client.on('close', resolve))))
  for (const { socket } of [one, other]) socket.close(1012, 'elsewhere')
  expect(await closed).toEqual([1012, 1012])
  const wanted = messages.map((message) => (typeof message === 'string' ? message : Buffer.from(message)))
  expect(one.got).toEqual(wanted)
  expect(other.got).toEqual(wanted)
})

it('says when the kernel has taken what was sent, and sends nothing to a socket that closes', async () => {
  const { socket, client, got } = await joined()
  await new Promise<void>((resolve) => socket.send('first', resolve))
  expect(socket.bufferedAmount).toBe(0)
  const pinged = new Promise((resolve) => client.on('ping', resolve))
  socket.ping?.()
  await pinged
  const closed = new Promise((resolve) => client.on('close', resolve))
  socket.close(4401, 'signed out')
  socket.send('too late')
  socket.ping?.()
  await closed
  expect(got).toEqual(['first'])
})
