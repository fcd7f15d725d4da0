import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createPageHandler } from './app-protocol.ts'

const root = mkdtempSync(join(tmpdir(), 'doorstep-pages-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
mkdirSync(join(root, 'console/assets'), { recursive: true })
writeFileSync(join(root, 'console/index.html'), '<!doctype html>')
writeFileSync(join(root, 'console/assets/a.js'), 'export {}')
writeFileSync(join(root, 'secret.txt'), 'secret')
writeFileSync(join(root, 'console-secret'), 'secret')

const answer = createPageHandler({
  consoleFolder: join(root, 'console'),
  settingsFolder: join(import.meta.dirname, '../../resources/settings'),
  serverUrl: () => 'http://127.0.0.1:8080',
})
const get = (url: string, method = 'GET') => answer(new Request(url, { method }))

describe('the own protocol', () => {
  it('serves packaged files with their type and a strict policy', async () => {
    const page = await get('doorstep://app/')
    expect(await page.text()).toBe('<!doctype html>')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'self';")
    expect(policy).toContain("connect-src 'self' data: blob: http://127.0.0.1:8080 ws://127.0.0.1:8080;")
    expect(policy).not.toMatch(/script-src[^;]*(unsafe|\*|https?:)/)
    expect((await get('doorstep://app/assets/a.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(await (await get('doorstep://app/assets/a.js', 'HEAD')).text()).toBe('')
  })

  it('gives the settings a policy without any network', async () => {
    const page = await get('doorstep://settings/')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).not.toContain('connect-src')
    for (const file of ['settings.mjs', 'settings.css']) expect((await get(`doorstep://settings/${file}`)).status).toBe(200)
  })

  it('serves nothing from outside its folders, and nothing to other hosts', async () => {
    const addresses = [
      'app/../secret.txt',
      'app/..%2fsecret.txt',
      'app/%2e%2e/secret.txt',
      'app/..%2fconsole-secret',
      'app/..%5csecret.txt',
    ]
    for (const address of [...addresses, 'app/%00', 'app/%ff', 'app/assets', 'app/none.js', 'other/', 'order/1'])
      expect((await get(`doorstep://${address}`)).status, address).toBe(404)
    expect((await get('doorstep://app/', 'POST')).status).toBe(405)
  })
})
