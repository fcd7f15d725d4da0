import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptsGzip } from './answer-data.ts'
import { openTestApp, type TestApp } from './testing.ts'

let app: TestApp
let server: Server
let port = 0

const long = 'a town with a very long name, '.repeat(100)

beforeAll(async () => {
  app = await openTestApp({ http: { checkReplies: false } })
  app.handle('GET /drivers/nearby', () => ({ items: [], note: long }))
  app.handle('GET /orders/:id', () => ({ version: 7, note: long }) as never)
  server = createServer(getRequestListener(app.app.fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as { port: number }).port
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await app.close()
})

const tokenFor = async (role: 'admin' | 'customer') => (await app.accounts.signInToDemo({ role })).token

/** Sends bytes as they are and reads what comes until the connection ends. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk) => {
      answer += chunk
      if (answer.includes('"requestId"')) socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}

describe('an answer of the API', () => {
  it('carries its id and the headers of data, whatever it says', async () => {
    for (const path of ['zones', 'auth/me', 'nothing']) {
      const { headers } = await app.ask('GET', path, { headers: { 'x-request-id': 'mine-1234' } })
      expect(headers.get('x-request-id')).toBe('mine-1234')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    }
  })

  it('gets an id of its own where none was sent, or one that cannot be one', async () => {
    for (const headers of [{}, { 'x-request-id': 'no' }]) {
      expect((await app.ask('GET', 'zones', { headers })).headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
    }
  })

  it('is compressed for those who can read it when it is long, and left alone for others', async () => {
    const { db } = app
    await app.accounts.ensureUser(db, { email: 'admin@test', name: 'Admin', role: 'admin', isDemo: true })
    const token = await tokenFor('admin')
    const get = (path: string, accepted: Record<string, string>) =>
      app.app.request(`/api/v1/${path}`, { headers: { authorization: `Bearer ${token}`, ...accepted } })
    const whole = await get('drivers/nearby?lat=1&lon=1', {})
    expect([whole.headers.get('content-encoding'), whole.headers.get('vary')]).toEqual([null, 'accept-encoding'])
    const small = await get('drivers/nearby?lat=1&lon=1', { 'accept-encoding': 'gzip, br' })
    expect(small.headers.get('content-encoding')).toBe('gzip')
    const unpacked = gunzipSync(Buffer.from(await small.arrayBuffer())).toString()
    expect(JSON.parse(unpacked)).toEqual(await whole.json())
    const short = await get('auth/me', { 'accept-encoding': 'gzip' })
    expect(short.headers.get('content-encoding')).toBeNull()
  })

  it('has a weak tag when its bytes are not those of the version', async () => {
    const token = await tokenFor('admin')
    const id = '00000000-0000-4000-8000-000000000001'
    const tagOf = async (encoding: string) => {
      const headers = { authorization: `Bearer ${token}`, 'accept-encoding': encoding }
      return (await app.app.request(`/api/v1/orders/${id}`, { headers })).headers.get('etag')
    }
    expect([await tagOf('identity'), await tagOf('gzip')]).toEqual(['"7"', 'W/"7"'])
  })
})

describe('what a client can read', () => {
  it.each([
    ['gzip', true],
    ['br, GZIP;q=0.5', true],
    ['*', true],
    ['gzip;q=0, *', false],
    ['gzip; q=0.000', false],
    ['br', false],
    ['', false],
    [undefined, false],
  ])('%s', (accepted, can) => expect(acceptsGzip(accepted)).toBe(can))
})

describe('a body', () => {
  const post = 'POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'

  it('that says it is too long is refused before it is read', async () => {
    const answer = await sendRaw(`${post}Content-Length: 999999999\r\n\r\n{`)
    expect(answer).toMatch(/^HTTP\/1.1 413 /)
    expect(answer).toContain('"too_large"')
  })

  it('that comes in pieces without a length is counted', async () => {
    const piece = `${(65_536).toString(16)}\r\n${' '.repeat(65_536)}\r\n`
    const answer = await sendRaw(`${post}Transfer-Encoding: chunked\r\n\r\n${piece.repeat(5)}`)
    expect(answer).toMatch(/^HTTP\/1.1 413 /)
  })

  it('that comes in pieces is read whole', async () => {
    const [first, second] = ['{"email":"nobody@x.example",', '"password":"a long enough one"}']
    const piece = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
    const answer = await sendRaw(`${post}Transfer-Encoding: chunked\r\n\r\n${piece(first!)}${piece(second!)}0\r\n\r\n`)
    expect(answer).toContain('"wrong_credentials"')
  })
})
