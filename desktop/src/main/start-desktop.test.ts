import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FakeElectron } from './fake-electron.fixture.ts'
import { makeFolder, openTestDesktop, SETTINGS } from './open-test-desktop.fixture.ts'

let folder: string
let remove: () => void
beforeEach(() => ({ folder, remove } = makeFolder()))
afterEach(() => remove())

describe('a start', () => {
  it('gives no page anything of Node, and keeps crash reports to itself', async () => {
    const { electron } = await openTestDesktop(folder)
    expect(electron.windows).toHaveLength(1)
    expect(electron.windows[0]!.webContents.url).toBe('doorstep://app/')
    expect(electron.windows[0]!.options.webPreferences).toMatchObject({
      preload: '/app/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
    })
    expect(electron.crashReports).toMatchObject({ uploadToServer: false })
    expect(electron.schemes).toMatchObject([{ scheme: 'doorstep', privileges: { standard: true, secure: true } }])
    expect(electron.schemes).not.toMatchObject([{ privileges: { bypassCSP: true } }])
    expect(electron.themeSource).toBe('dark')
  })

  it('asks for the server first where nobody has named one, and opens the console when one answers', async () => {
    const fresh = makeFolder(null)
    const { electron } = await openTestDesktop(fresh.folder)
    const [settings] = electron.windows
    expect(electron.windows.map((window) => window.webContents.url)).toEqual(['doorstep://settings/'])
    electron.fetch = async () => new Response('<html>', { status: 200 })
    expect(await electron.call(settings!, 'settings:save', [SETTINGS])).toMatchObject({ ok: false, field: 'serverUrl' })
    electron.fetch = async () => Promise.reject(new Error('refused'))
    expect(await electron.call(settings!, 'settings:save', [SETTINGS])).toMatchObject({ ok: false, field: 'serverUrl' })
    electron.fetch = async () => Response.json({ version: '0.1.0', city: { title: 'Town' } })
    expect(await electron.call(settings!, 'settings:save', [SETTINGS])).toEqual({ ok: true })
    expect(electron.windows.map((window) => window.webContents.url)).toEqual(['doorstep://app/'])
    fresh.remove()
  })

  it('does not wait for Electron in its entry, which Electron itself waits for', () => {
    expect(readFileSync(join(import.meta.dirname, 'main.ts'), 'utf8')).not.toMatch(/^\s*(?:.*= )?await /m)
  })

  it('starts with the defaults where the kept settings are broken, value by value', async () => {
    writeFileSync(join(folder, 'settings.json'), '{"serverUrl":"ftp://x","theme":"dark"}')
    const { electron } = await openTestDesktop(folder)
    expect(electron.callNow(electron.windows[0]!, 'server:url')).toBe('http://127.0.0.1:8080')
    expect(electron.themeSource).toBe('dark')
  })
})

describe('a second start', () => {
  it('ends at once without opening anything', async () => {
    const { electron } = await openTestDesktop(folder, { prepare: (fake) => void (fake.isFirst = false) })
    expect(electron.hasQuit).toBe(true)
    expect(electron.windows).toHaveLength(0)
  })

  it('brings the first one to the front and hands it the link', async () => {
    const { electron } = await openTestDesktop(folder)
    const [window] = electron.windows
    expect(await electron.call(window!, 'links:follow', [])).toEqual([])
    window!.state.isMinimized = true
    electron.app.emit('second-instance', {}, ['doorstep', '--flag', 'doorstep://order/ord_1'])
    expect(window!.state).toMatchObject({ isMinimized: false, isShown: true })
    expect(window!.webContents.told).toEqual([['link:opened', { kind: 'order', id: 'ord_1' }]])
  })
})

describe('deep links', () => {
  it('wait for the console that they started', async () => {
    const { electron } = await openTestDesktop(folder, { args: ['/opt/doorstep', 'doorstep://driver/d-7'] })
    expect(await electron.call(electron.windows[0]!, 'links:follow', [])).toEqual([{ kind: 'driver', id: 'd-7' }])
    expect(await electron.call(electron.windows[0]!, 'links:follow', [])).toEqual([])
  })

  it('reach a macOS console by its own event', async () => {
    const { electron } = await openTestDesktop(folder, { platform: 'darwin' })
    await electron.call(electron.windows[0]!, 'links:follow', [])
    electron.app.emit('open-url', { preventDefault: () => {} }, 'doorstep://order/ord_2')
    electron.app.emit('open-url', { preventDefault: () => {} }, 'doorstep://token/stolen')
    expect(electron.windows[0]!.webContents.told).toEqual([['link:opened', { kind: 'order', id: 'ord_2' }]])
  })
})

describe('windows', () => {
  const leave = (electron: FakeElectron) => electron.app.quit()

  it('come back as many and where they were, however the desktop is left', async () => {
    const two = (fake: FakeElectron) => {
      fake.displays = [...fake.displays, { id: 2, workArea: { x: 1920, y: 0, width: 2560, height: 1400 } }]
    }
    const first = await openTestDesktop(folder, { prepare: two })
    await first.electron.call(first.electron.windows[0]!, 'window:open', [])
    expect(first.electron.windows[1]!.bounds).toEqual({ x: 1920, y: 0, width: 2560, height: 1400 })
    first.electron.windows[0]!.bounds = { x: 40, y: 50, width: 1500, height: 950 }
    first.electron.windows[1]!.maximize()
    leave(first.electron)
    const second = await openTestDesktop(folder, { prepare: two })
    expect(second.electron.windows.map(({ bounds, state }) => [bounds, state.isMaximized])).toEqual([
      [{ x: 40, y: 50, width: 1500, height: 950 }, false],
      [{ x: 1920, y: 0, width: 2560, height: 1400 }, true],
    ])
    second.electron.windows[0]!.close()
    leave(second.electron)
    expect((await openTestDesktop(folder, { prepare: two })).electron.windows).toHaveLength(1)
  })

  it('whose monitor is gone come back on one that is there', async () => {
    const at = { x: 4000, y: 2000, width: 2500, height: 900, isMaximized: false, isFullScreen: false }
    writeFileSync(join(folder, 'windows.json'), JSON.stringify([at]))
    const { electron } = await openTestDesktop(folder)
    expect(electron.windows[0]!.bounds).toEqual({ x: 0, y: 70, width: 1920, height: 900 })
  })

  it('hide in the tray instead of ending where that is set, until the person quits', async () => {
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...SETTINGS, keepInTray: true }))
    const { electron } = await openTestDesktop(folder)
    electron.windows[0]!.show()
    electron.windows[0]!.close()
    expect(electron.hasQuit).toBe(false)
    expect(electron.windows[0]!.state.isShown).toBe(false)
    leave(electron)
    expect(electron.windows).toHaveLength(0)
  })

  it('are loaded again after a crash, and left alone when they keep crashing', async () => {
    const { electron, said } = await openTestDesktop(folder)
    const { webContents } = electron.windows[0]!
    for (let i = 0; i < 5; i++) electron.app.emit('render-process-gone', {}, webContents, { reason: 'crashed' })
    expect(webContents.reloads).toBe(3)
    expect(said).toHaveLength(5)
  })

  it('load again and speak to the new server when it changes', async () => {
    const { electron } = await openTestDesktop(folder)
    const { windows } = electron
    await electron.call(windows[0]!, 'token:write', ['secret'])
    electron.chooseInTray('Settings…')
    const next = { ...SETTINGS, serverUrl: 'https://other.example.org/' }
    expect(await electron.call(windows[1]!, 'settings:save', [next])).toEqual({ ok: true })
    expect(windows).toHaveLength(1)
    expect(windows[0]!.webContents.reloads).toBe(1)
    expect(electron.callNow(windows[0]!, 'server:url')).toBe('https://other.example.org')
    expect(await electron.call(windows[0]!, 'token:read', [])).toBeNull()
    mkdirSync(join(folder, 'console'))
    writeFileSync(join(folder, 'console', 'index.html'), 'page')
    const page = await electron.session.page(new Request('doorstep://app/'))
    expect(page.headers.get('content-security-policy')).toContain('wss://other.example.org')
  })
})

describe('the token', () => {
  it('is kept encrypted by the key store, for its server alone', async () => {
    const { electron } = await openTestDesktop(folder)
    await electron.call(electron.windows[0]!, 'token:write', ['secret'])
    expect(readFileSync(join(folder, 'session.json'), 'utf8')).not.toContain('secret')
    const again = await openTestDesktop(folder)
    expect(await again.electron.call(again.electron.windows[0]!, 'token:read', [])).toBe('secret')
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...SETTINGS, serverUrl: 'https://elsewhere.example.org' }))
    const elsewhere = await openTestDesktop(folder)
    expect(await elsewhere.electron.call(elsewhere.electron.windows[0]!, 'token:read', [])).toBeNull()
  })

  it('stays in memory where the system has no key store', async () => {
    const bare = { prepare: (fake: FakeElectron) => void (fake.keyStore = 'basic_text') }
    const { electron } = await openTestDesktop(folder, bare)
    await electron.call(electron.windows[0]!, 'token:write', ['secret'])
    expect(await electron.call(electron.windows[0]!, 'token:read', [])).toBe('secret')
    expect(() => readFileSync(join(folder, 'session.json'))).toThrow('ENOENT')
  })

  it('of another key store is forgotten', async () => {
    const foreign = { serverUrl: SETTINGS.serverUrl, encrypted: Buffer.from('foreign').toString('base64') }
    writeFileSync(join(folder, 'session.json'), JSON.stringify(foreign))
    const { electron } = await openTestDesktop(folder)
    expect(await electron.call(electron.windows[0]!, 'token:read', [])).toBeNull()
    expect(() => readFileSync(join(folder, 'session.json'))).toThrow('ENOENT')
  })
})
