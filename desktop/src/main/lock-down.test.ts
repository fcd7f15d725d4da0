import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FakeElectron } from './fake-electron.fixture.ts'
import { makeFolder, openTestDesktop, SETTINGS } from './open-test-desktop.fixture.ts'

let electron: FakeElectron
let remove: () => void
beforeEach(async () => {
  const made = makeFolder()
  remove = made.remove
  electron = (await openTestDesktop(made.folder)).electron
})
afterEach(() => remove())

const EVERY_KIND = [
  'media',
  'geolocation',
  'notifications',
  'midi',
  'hid',
  'serial',
  'usb',
  'fileSystem',
  'openExternal',
  'unknown',
]

describe('permissions', () => {
  const check = (permission: string, origin: string) => electron.session.permissionCheck(null, permission, origin)
  const ask = (permission: string, requestingUrl: string, isMainFrame = true) => {
    let granted: unknown
    electron.session.permissionRequest(null, permission, (answer: boolean) => (granted = answer), { requestingUrl, isMainFrame })
    return granted
  }

  it('are denied, whatever is asked for and whoever asks', () => {
    for (const kind of EVERY_KIND) {
      expect(check(kind, 'doorstep://app/'), kind).toBe(false)
      expect(ask(kind, 'doorstep://app/'), kind).toBe(false)
    }
    expect(electron.session.deviceAllowed()).toBe(false)
  })

  it('leave the console its clipboard and a server in this network, and no other page', () => {
    for (const kind of ['clipboard-sanitized-write', 'local-network-access']) {
      expect(check(kind, 'doorstep://app/')).toBe(true)
      expect(ask(kind, 'doorstep://app/')).toBe(true)
      expect(ask(kind, 'doorstep://app/', false)).toBe(false)
      expect(check(kind, SETTINGS.serverUrl)).toBe(false)
      expect(ask(kind, 'doorstep://settings/')).toBe(false)
    }
  })
})

describe('navigation', () => {
  it('stays on the page it started with, by link, script or redirect', () => {
    const { webContents } = electron.windows[0]!
    for (const how of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
      expect(webContents.navigate(how, 'doorstep://app/index.html')).toBe(true)
      for (const url of [
        'https://evil.example',
        SETTINGS.serverUrl,
        'doorstep://settings/',
        'file:///etc/passwd',
        'about:blank',
        'x',
      ])
        expect(webContents.navigate(how, url), url).toBe(false)
    }
  })

  it('opens no window and no webview', () => {
    const { webContents } = electron.windows[0]!
    expect(webContents.openWindow({ url: 'doorstep://app/' })).toEqual({ action: 'deny' })
    let isStopped = false
    webContents.emit('will-attach-webview', { preventDefault: () => (isStopped = true) })
    expect(isStopped).toBe(true)
  })

  it('hands the web, mail and telephone to the system, and nothing that could run a program', () => {
    const { webContents } = electron.windows[0]!
    const outside = ['https://example.org/a', 'tel:+351123', 'mailto:a@example.org', `${SETTINGS.serverUrl}/docs`]
    const dangerous = [
      'http://example.org',
      'file:///bin/sh',
      'smb://x/y',
      'ms-msdt:/id',
      'javascript:alert(1)',
      'doorstep://app/',
      '',
    ]
    for (const url of [...outside, ...dangerous]) expect(webContents.openWindow({ url })).toEqual({ action: 'deny' })
    expect(electron.openedOutside).toEqual(outside)
  })

  it('is locked in every window, the settings’ one too', () => {
    electron.chooseInTray('Settings…')
    const { webContents } = electron.windows[1]!
    expect(webContents.navigate('will-navigate', 'doorstep://app/')).toBe(false)
    expect(webContents.openWindow({ url: 'doorstep://app/' })).toEqual({ action: 'deny' })
  })
})

describe('requests', () => {
  it('reach the chosen server and the own pages, and nobody else', () => {
    const isSent = (url: string) => electron.request('before', { url })['cancel'] === false
    for (const url of ['doorstep://app/a.js', 'blob:doorstep://app/1', `${SETTINGS.serverUrl}/api/v1/about`])
      expect(isSent(url), url).toBe(true)
    expect(isSent('wss://dispatch.example.org/api/v1/live')).toBe(true)
    for (const url of [
      'https://example.org/',
      'http://dispatch.example.org/',
      'https://dispatch.example.org.evil.net/',
      'file:///etc/passwd',
    ])
      expect(isSent(url), url).toBe(false)
  })

  it('come to the server as from its own pages, without cookies', () => {
    const headers = { Origin: 'doorstep://app', Cookie: 'a=b', Authorization: 'Bearer t' }
    const sent = (url: string) => electron.request('send', { url, requestHeaders: headers })['requestHeaders']
    const own = { Authorization: 'Bearer t', Origin: SETTINGS.serverUrl }
    expect(sent(`${SETTINGS.serverUrl}/api/v1/orders`)).toEqual(own)
    expect(sent('wss://dispatch.example.org/api/v1/live')).toEqual(own)
  })

  it('let the console read the answers, preflights included, and no other page', () => {
    const received = (extra: object) =>
      electron.request('received', {
        url: `${SETTINGS.serverUrl}/api/v1/orders`,
        method: 'GET',
        resourceType: 'xhr',
        initiatorOrigin: 'doorstep://app',
        responseHeaders: { 'access-control-allow-origin': ['*'], 'Set-Cookie': ['a=b'], etag: ['"1"'] },
        ...extra,
      })
    const { responseHeaders, statusLine } = received({ method: 'OPTIONS' })
    expect(statusLine).toContain('204')
    expect(responseHeaders).toMatchObject({ 'Access-Control-Allow-Origin': 'doorstep://app', etag: ['"1"'] })
    expect(Object.keys(responseHeaders as object).map((name) => name.toLowerCase())).not.toContain('set-cookie')
    expect(Object.keys(responseHeaders as object)).not.toContain('access-control-allow-origin')
    expect(received({})['statusLine']).toBeUndefined()
    expect(received({ initiatorOrigin: 'doorstep://settings' })).toEqual({})
    expect(received({ url: 'https://example.org/' })).toEqual({})
  })
})
