import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CHANNELS } from '../ipc/contract.ts'
import type { FakeElectron, FakeWindow } from './fake-electron.fixture.ts'
import { makeFolder, openTestDesktop, type TestDesktop } from './open-test-desktop.fixture.ts'

let desktop: TestDesktop
let electron: FakeElectron
let window: FakeWindow
let remove: () => void
beforeEach(async () => {
  const made = makeFolder()
  remove = made.remove
  desktop = await openTestDesktop(made.folder)
  electron = desktop.electron
  window = electron.windows[0]!
})
afterEach(() => remove())

const counts = { actNow: 2, atRisk: 5 }

describe('channels', () => {
  it('are all answered', () => {
    const answered = [...electron.handlers.keys(), ...electron.ipcMain.eventNames()]
    expect(new Set(answered)).toEqual(new Set(Object.keys(CHANNELS)))
  })

  it('refuse arguments that do not fit, and say so in the log', async () => {
    const wrong: [string, unknown[]][] = [
      ['token:write', []],
      ['token:write', [{ token: 'x' }]],
      ['token:write', ['']],
      ['token:write', ['x'.repeat(5000)]],
      ['token:read', ['extra']],
      ['counts:show', [{ actNow: -1, atRisk: 0 }]],
      ['counts:show', [{ actNow: '2', atRisk: 0 }]],
      ['notification:show', [{ id: 1, title: 'x' }]],
      ['notification:show', [{ id: 1, title: 'x', body: 'y'.repeat(2000) }]],
    ]
    for (const [name, args] of wrong) await expect(electron.call(window, name, args), name).rejects.toThrow('do not fit')
    expect(desktop.said).toHaveLength(wrong.length)
  })

  it('refuse frames, other origins and windows that are not the desktop’s', async () => {
    const refused = (from: FakeWindow, frame?: { url: string; parent: unknown }) =>
      expect(electron.call(from, 'token:read', [], frame)).rejects.toThrow('not from a page that may call it')
    await refused(window, { url: 'doorstep://app/', parent: {} })
    await refused(window, { url: 'https://dispatch.example.org/', parent: null })
    await refused(window, { url: 'doorstep://app.evil.net/', parent: null })
    await refused(window, { url: 'doorstep://settings/', parent: null })
    const stranger = { webContents: { url: 'doorstep://app/' } } as unknown as FakeWindow
    await refused(stranger)
    window.webContents.url = 'https://evil.example/'
    expect(electron.callNow(window, 'server:url')).toBeNull()
  })

  it('of one page are closed to the other', async () => {
    electron.chooseInTray('Settings…')
    const settings = electron.windows[1]!
    await expect(electron.call(settings, 'settings:read', [])).resolves.toMatchObject({ theme: 'dark' })
    await expect(electron.call(settings, 'token:read', [])).rejects.toThrow('refused')
    await expect(electron.call(window, 'settings:read', [])).rejects.toThrow('refused')
    await expect(electron.call(window, 'settings:save', [{}])).rejects.toThrow('refused')
  })

  it('tell a page of a failure no more than that there was one', async () => {
    mkdirSync(join(desktop.folder, 'session.json'))
    const failure = await electron.call(window, 'token:write', ['secret']).catch((error: Error) => error)
    expect((failure as Error).message).toBe('token:write failed')
    expect(desktop.said.join()).toMatch(/EISDIR|ENOTEMPTY|EPERM/)
  })
})

describe('notifications', () => {
  const alert = { id: 4, title: 'Doorstep', body: 'Order 12 is unassigned' }

  it('appear while the person looks elsewhere, and lead back to what they tell of', async () => {
    await electron.call(window, 'notification:show', [alert])
    expect(electron.notifications.map(({ text }) => text)).toMatchObject([{ title: 'Doorstep', body: 'Order 12 is unassigned' }])
    window.state.isShown = false
    electron.notifications[0]!.emit('click')
    expect(window.state.isShown).toBe(true)
    expect(window.webContents.told).toEqual([['notification:opened', 4]])
  })

  it('stay away while the console is in front', async () => {
    electron.isFocused = true
    await electron.call(window, 'notification:show', [alert])
    expect(electron.notifications).toHaveLength(0)
  })

  it('come once though two windows tell of the same, and again later', async () => {
    await electron.call(window, 'window:open', [])
    await electron.call(window, 'notification:show', [alert])
    await electron.call(electron.windows[1]!, 'notification:show', [{ ...alert, id: 9 }])
    expect(electron.notifications).toHaveLength(1)
    desktop.pass(10_000)
    await electron.call(window, 'notification:show', [alert])
    expect(electron.notifications).toHaveLength(2)
  })
})

describe('the tray', () => {
  it('says how many orders need somebody', async () => {
    expect(electron.tray?.toolTip).toBe('Doorstep: nothing needs you')
    await electron.call(window, 'counts:show', [counts])
    expect(electron.tray?.toolTip).toBe('Doorstep: 2 to act on, 5 at risk')
    expect(electron.tray?.menu[0]?.label).toBe('2 to act on, 5 at risk')
    expect(electron.badge).toBe(2)
  })
})
