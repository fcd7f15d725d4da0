import { EventEmitter } from 'node:events'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { type Bridge, createBrowserBridge } from '../renderer/bridge.ts'
import type { DesktopBridge } from './console-bridge.ts'
import { exposeBridge } from './expose-bridge.ts'

/** The renderer's half of Electron: what is asked is recorded, answers are given by name. */
function fakePreload(answers: Record<string, unknown> = {}) {
  const asked: [name: string, ...args: unknown[]][] = []
  const main = new EventEmitter()
  const exposed: Record<string, object> = {}
  const answer = (name: string, ...args: unknown[]) => {
    asked.push([name, ...args])
    return name in answers ? answers[name] : { 'server:url': 'https://x.org', 'links:follow': [] }[name]
  }
  const ipcRenderer = Object.assign(main, {
    invoke: async (name: string, ...args: unknown[]) => answer(name, ...args),
    sendSync: answer,
  })
  const contextBridge = { exposeInMainWorld: (name: string, api: object) => void (exposed[name] = api) }
  return { asked, main, exposed, electron: { contextBridge, ipcRenderer } as never }
}

function consoleBridge(answers: Record<string, unknown> = {}) {
  const fake = fakePreload(answers)
  exposeBridge(fake.electron, 'doorstep://app')
  return { ...fake, bridge: fake.exposed['doorstep'] as DesktopBridge }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('the preload', () => {
  it('gives each page its one bridge, and a foreign page none', () => {
    const exposedTo = (origin: string) => {
      const fake = fakePreload()
      exposeBridge(fake.electron, origin)
      return Object.keys(fake.exposed)
    }
    expect(exposedTo('doorstep://app')).toEqual(['doorstep'])
    expect(exposedTo('doorstep://settings')).toEqual(['doorstepSettings'])
    for (const origin of ['https://x.org', 'doorstep://order', 'file://', 'about:blank']) expect(exposedTo(origin)).toEqual([])
  })

  it('is what the console expects of the browser’s bridge, and hands out no part of Electron', () => {
    expectTypeOf<DesktopBridge>().toExtend<Bridge>()
    const browser = createBrowserBridge({ location: { origin: 'https://x.org' } } as Window)
    const { bridge } = consoleBridge()
    expect(Object.keys(bridge)).toEqual(expect.arrayContaining(Object.keys(browser)))
    expect(Object.values(bridge).every((value) => typeof value === 'function' || value === 'desktop')).toBe(true)
    expect(bridge.serverUrl()).toBe('https://x.org')
  })

  it('refuses arguments that do not fit before they leave the page', async () => {
    const { bridge, asked } = consoleBridge()
    asked.length = 0
    await expect(bridge.writeToken({ token: 'x' } as never)).rejects.toThrow()
    await expect(bridge.writeToken('')).rejects.toThrow()
    expect(asked).toEqual([])
  })

  it('refuses replies and messages that do not fit', async () => {
    const { bridge, main } = consoleBridge({ 'token:read': { token: 'x' } })
    await expect(bridge.readToken()).rejects.toThrow()
    const links: unknown[] = []
    bridge.onLink((link) => links.push(link))
    main.emit('link:opened', {}, { kind: 'token', token: 'x' })
    main.emit('link:opened', {}, { kind: 'order', id: '../x' })
    expect(links).toEqual([])
    expect(() => consoleBridge({ 'server:url': null })).toThrow()
  })

  it('hands over links that waited and those that come, until it is told to stop', async () => {
    const { bridge, main } = consoleBridge({ 'links:follow': [{ kind: 'order', id: 'o1' }] })
    const links: unknown[] = []
    const stop = bridge.onLink((link) => links.push(link))
    await settled()
    main.emit('link:opened', {}, { kind: 'driver', id: 'd1' })
    stop()
    main.emit('link:opened', {}, { kind: 'driver', id: 'd2' })
    expect(links).toEqual([
      { kind: 'order', id: 'o1' },
      { kind: 'driver', id: 'd1' },
    ])
  })

  it('calls back for the notification that was opened, once', () => {
    const { bridge, main, asked } = consoleBridge()
    const opened: string[] = []
    bridge.notify('Doorstep', 'one', () => opened.push('one'))
    bridge.notify('Doorstep', 'x'.repeat(2000), () => opened.push('two'))
    const sent = asked.filter(([name]) => name === 'notification:show').map(([, text]) => text as { id: number; body: string })
    expect(sent.map(({ body }) => body.length)).toEqual([3, 1000])
    main.emit('notification:opened', {}, sent[1]!.id)
    main.emit('notification:opened', {}, sent[1]!.id)
    expect(opened).toEqual(['two'])
  })
})
