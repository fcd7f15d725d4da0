import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { freePort } from '../../server/src/platform/index.ts'
import { type Proxy, startProxy } from './proxy.ts'

interface Node {
  name: string
  port: number
  /** Requests that came, by method and body. */
  came: string[]
  lose(): void
}
type Handle = (request: IncomingMessage, answer: ServerResponse, body: string) => void

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** A node that answers its name, and `/readyz` as told. */
async function node(name: string, options: { ready?: number; handle?: Handle } = {}): Promise<Node> {
  const came: string[] = []
  const sockets = new Set<Socket>()
  const server: Server = createServer(async (request, answer) => {
    if (request.url === '/readyz') return void answer.writeHead(options.ready ?? 200).end()
    let body = ''
    for await (const chunk of request) body += String(chunk)
    came.push(`${request.method} ${body}`.trim())
    if (options.handle) return options.handle(request, answer, body)
    answer.setHeader('x-from', request.headers['x-forwarded-for'] ?? '')
    answer.end(`${name} ${body}`.trim())
  })
  server.on('connection', (socket) => sockets.add(socket))
  const live = new WebSocketServer({ server })
  live.on('connection', (socket) => socket.on('message', (text: Buffer) => socket.send(`${name} ${text.toString()}`)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const lose = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  ends.push(lose)
  return { name, port: (server.address() as AddressInfo).port, came, lose }
}

async function proxyOf(...nodes: { name: string; port: number }[]): Promise<Proxy> {
  const proxy = await startProxy(nodes, 0)
  ends.push(() => proxy.stop())
  await vi.waitFor(() => expect(proxy.targets.filter(({ state }) => state !== 'gone').length).toBeGreaterThan(0))
  return proxy
}
const settled = (proxy: Proxy, states: string[]) =>
  vi.waitFor(() => expect(proxy.targets.map(({ state }) => state)).toEqual(states), { timeout: 10_000 })
const ask = async (proxy: Proxy, init?: RequestInit) => {
  const answer = await fetch(`${proxy.url}/x`, init)
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}
const losing: Handle = (request) => request.socket.destroy()

describe('the proxy', () => {
  it('asks the nodes by turns, passes what is sent, and says itself where it came from', async () => {
    const proxy = await proxyOf(await node('a'), await node('b'))
    await settled(proxy, ['ready', 'ready'])
    const init = { method: 'POST', body: 'hello', headers: { 'x-forwarded-for': '1.2.3.4' } }
    const answers = [await ask(proxy, init), await ask(proxy, init)]
    expect(answers.map(({ text }) => text).sort()).toEqual(['a hello', 'b hello'])
    expect(answers[0]!.headers.get('x-from')).toBe('127.0.0.1')
  })

  it('gives clients to nodes that are ready, and to others only when none is', async () => {
    const [a, b] = [await node('a', { ready: 503 }), await node('b')]
    const proxy = await proxyOf(a, b)
    await settled(proxy, ['unready', 'ready'])
    expect([await ask(proxy), await ask(proxy)].map(({ text }) => text)).toEqual(['b', 'b'])
    b.lose()
    await settled(proxy, ['unready', 'gone'])
    expect((await ask(proxy)).text).toBe('a')
  })

  it('brings to another node what never reached the first, whatever it is', async () => {
    const proxy = await proxyOf(await node('a'), { name: 'b', port: await freePort() })
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(proxy, { method: 'POST', body: 'x' })))
    expect(answers.map(({ text }) => text)).toEqual(['a x', 'a x', 'a x', 'a x'])
  })

  it('asks another node when an answer is lost, if twice is the same as once; else it says that it does not know', async () => {
    const [a, b] = [await node('a', { handle: losing }), await node('b', { handle: losing })]
    const proxy = await proxyOf(a, b)
    await settled(proxy, ['ready', 'ready'])
    const lost = await ask(proxy, { method: 'POST', body: 'pay' })
    expect([lost.status, lost.headers.get('retry-after'), JSON.parse(lost.text).code]).toEqual([502, '1', 'unavailable'])
    expect([...a.came, ...b.came]).toEqual(['POST pay'])
    const keyed = ask(proxy, { method: 'POST', body: 'keyed', headers: { 'idempotency-key': 'k' } })
    await vi.waitFor(() => expect([a, b].every(({ came }) => came.includes('POST keyed'))).toBe(true))
    expect((await keyed).status).toBe(503)
  })

  it('carries live connections, and cuts those of a node that is gone', async () => {
    const [a, b] = [await node('a'), await node('b')]
    const proxy = await proxyOf(a, b)
    await settled(proxy, ['ready', 'ready'])
    const open = async () => {
      const socket = new WebSocket(proxy.url.replace('http', 'ws'))
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
      const answered = new Promise<string>((resolve) => socket.once('message', (text: Buffer) => resolve(text.toString())))
      socket.send('hi')
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
      return { socket, from: await answered, closed }
    }
    const [first, second] = [await open(), await open()]
    expect([first.from, second.from].sort()).toEqual(['a hi', 'b hi'])
    const [ofA, ofB] = first.from === 'a hi' ? [first, second] : [second, first]
    a.lose()
    await ofA.closed
    expect(ofB.socket.readyState).toBe(WebSocket.OPEN)
    expect((await open()).from).toBe('b hi')
  })

  it('keeps the figures of the nodes inside', async () => {
    const proxy = await proxyOf(await node('a'))
    for (const path of ['/metrics', '/readyz', '/readyz?x']) expect((await fetch(proxy.url + path)).status).toBe(404)
  })
})
