import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMetrics, silentLog, systemClock } from '../platform/index.ts'
import { createHttpApp, type HttpDeps } from './index.ts'

let folder: string
let app: Hono
let deps: HttpDeps
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doorstep-web-'))
  for (const view of ['customer', 'driver', 'merchant', 'console', 'assets', 'fonts/assets'])
    mkdirSync(join(folder, 'web', view), { recursive: true })
  for (const view of ['customer', 'driver', 'merchant', 'console'])
    writeFileSync(join(folder, 'web', view, 'index.html'), `<title>${view}</title>`)
  writeFileSync(join(folder, 'web/assets/app-1a2b.js'), 'console.log("hello") // '.padEnd(5000, 'x'))
  writeFileSync(join(folder, 'web/favicon.svg'), '<svg/>')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'basemap.pmtiles'), Buffer.from(Array.from({ length: 256 }, (_, i) => i)))
  deps = {
    log: silentLog(),
    metrics: createMetrics(),
    clock: systemClock(),
    tokenOf: () => undefined,
    sessionCookieName: 'doorstep_session',
    authenticate: async () => null,
    takeTurn: async () => {},
    checkReady: async () => {
      throw new Error('not yet')
    },
    city: { basemapFile: join(folder, 'basemap.pmtiles'), manifest: { name: 'test' } },
    webFolder: join(folder, 'web'),
    docsFolder: join(import.meta.dirname, '../../../docs'),
    version: '1.2.3',
    proxies: 0,
    maxBodyBytes: 1000,
    metricsToken: 'a-token-for-metrics',
  }
  app = createHttpApp(deps).app as unknown as Hono
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') => app.request(path, { headers, method })

describe('the web views', () => {
  it('answer at their own addresses and at all below them, never kept without asking', async () => {
    const pages = {
      '/': 'customer',
      '/orders/17': 'customer',
      '/driver': 'driver',
      '/driver/route': 'driver',
      '/merchant': 'merchant',
      '/console': 'console',
      '/console/map': 'console',
      '/consoles': 'customer',
    }
    for (const [path, view] of Object.entries(pages)) {
      const answer = await get(path)
      expect([path, answer.status, await answer.text()]).toEqual([path, 200, `<title>${view}</title>`])
      expect(answer.headers.get('cache-control')).toBe('no-cache')
    }
  })

  it('let browsers keep for a year what carries a hash in its name, compressed where they can read that', async () => {
    const answer = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' })
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('content-encoding')).toBe('br')
    expect(answer.headers.get('content-type')).toMatch('text/javascript')
    expect(brotliDecompressSync(Buffer.from(await answer.arrayBuffer())).toString()).toMatch(/^console/)
    const etag = answer.headers.get('etag')!
    expect((await get('/assets/app-1a2b.js', { 'if-none-match': etag })).status).toBe(304)
  })

  it('say not found for a file that is not there, and never a page in its place', async () => {
    for (const path of ['/assets/gone.js', '/favicon.png', '/driver/gone.css']) {
      const answer = await get(path)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    }
  })

  it('never give anything from outside their folder', async () => {
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/%00.txt',
      '/%ff.txt',
      '//secret.txt',
    ]) {
      const answer = await get(path)
      expect(await answer.text(), path).not.toContain('secret\n')
      expect(answer.status, path).toBe(404)
    }
  })

  it('may load nothing from elsewhere', async () => {
    const policy = (await get('/')).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("worker-src 'self' blob:")
    expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/)
  })
})

describe('the map', () => {
  it('is read in ranges of bytes', async () => {
    const answer = await get('/city/basemap.pmtiles', { range: 'bytes=10-12' })
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe('bytes 10-12/256')
    expect(answer.headers.get('content-length')).toBe('3')
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([10, 11, 12])
  })

  it('is read whole, or as far as its head, or not at all when it is known', async () => {
    const whole = await get('/city/basemap.pmtiles')
    expect((await whole.arrayBuffer()).byteLength).toBe(256)
    const etag = whole.headers.get('etag')!
    expect((await get('/city/basemap.pmtiles', { 'if-none-match': etag })).status).toBe(304)
    expect((await get('/city/basemap.pmtiles', { range: 'bytes=0-1', 'if-range': etag })).status).toBe(206)
    expect((await get('/city/basemap.pmtiles', { range: 'bytes=0-1', 'if-range': '"old"' })).status).toBe(200)
    const head = await get('/city/basemap.pmtiles', {}, 'HEAD')
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it('has nothing past its end', async () => {
    const answer = await get('/city/basemap.pmtiles', { range: 'bytes=256-' })
    expect(answer.status).toBe(416)
    expect(answer.headers.get('content-range')).toBe('bytes */256')
    expect(await answer.json()).toMatchObject({ code: 'range_not_satisfiable' })
  })

  it('comes with a public description of the city', async () => {
    expect(await (await get('/city/pack.json')).json()).toEqual({ name: 'test' })
  })
})

describe('the documentation', () => {
  it('is served from here alone', async () => {
    const page = await (await get('/docs')).text()
    expect(page).not.toMatch(/https?:/)
    for (const [, path] of page.matchAll(/(?:href|src)="([^"]+)"/g)) expect((await get(path!)).status, path).toBe(200)
  })

  it('explains every error at the address that problems name', async () => {
    const page = await (await get('/docs/errors')).text()
    expect(page).toContain('<h2 id="stale_version">stale_version</h2>')
  })
})

describe('health', () => {
  it('is said apart from readiness', async () => {
    expect((await get('/healthz')).status).toBe(200)
    const ready = await get('/readyz')
    expect([ready.status, await ready.json()]).toMatchObject([503, { code: 'unavailable' }])
  })

  it('a node that works less well stays in service and says what is wrong', async () => {
    let degraded: string[] = []
    const node = createHttpApp({ ...deps, checkReady: async () => {}, degraded: () => degraded }).app
    expect(await (await node.request('/readyz')).text()).toBe('ready\n')
    degraded = ['bus lost']
    const answer = await node.request('/readyz')
    expect([answer.status, await answer.text()]).toEqual([200, 'ready\ndegraded: bus lost\n'])
  })

  it('is measured for those who know the token, by route and not by address', async () => {
    expect((await get('/metrics')).status).toBe(401)
    const answer = await get('/metrics', { authorization: 'Bearer a-token-for-metrics' })
    expect(await answer.text()).toMatch(/doorstep_http_request_seconds_count\{method="GET",route="[^"]+",status="200"\}/)
  })
})
