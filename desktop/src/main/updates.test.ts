import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FakeElectron } from './fake-electron.fixture.ts'
import { makeFolder, openTestDesktop, SETTINGS } from './open-test-desktop.fixture.ts'
import { compareVersions } from './updates.ts'

const FEED = 'https://updates.example.org/doorstep.json'
let folder: string
let remove: () => void
beforeEach(() => {
  ;({ folder, remove } = makeFolder())
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...SETTINGS, updateFeedUrl: FEED }))
})
afterEach(() => remove())

const announce = (version: string) => async (url: string) =>
  url === FEED
    ? Response.json({
        currentRelease: version,
        releases: [{ version, updateTo: { url: `https://updates.example.org/${version}` } }],
      })
    : new Response(null, { status: 404 })
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('updates', () => {
  it('are left to Electron’s updater on macOS, and looked for again', async () => {
    const { electron, tick } = await openTestDesktop(folder, { platform: 'darwin' })
    expect(electron.autoUpdater.feeds).toEqual([{ url: FEED, serverType: 'json' }])
    await settled()
    tick()
    await settled()
    expect(electron.autoUpdater.checks).toBe(2)
  })

  it('are offered once elsewhere, newer ones alone, and open in the browser', async () => {
    const offer = (version: string) => (fake: FakeElectron) => {
      fake.fetch = announce(version)
      fake.button = 0
    }
    const { electron, tick } = await openTestDesktop(folder, { prepare: offer('1.10.0') })
    await settled()
    tick()
    await settled()
    expect(electron.openedOutside).toEqual(['https://updates.example.org/1.10.0'])
    for (const version of ['1.2.0', '1.1.9']) {
      const same = await openTestDesktop(folder, { prepare: offer(version) })
      await settled()
      expect(same.electron.openedOutside).toEqual([])
    }
  })

  it('that cannot be read are told to the log and do no harm', async () => {
    const broken = (fake: FakeElectron) => void (fake.fetch = async () => new Response('no', { status: 500 }))
    const { electron, said } = await openTestDesktop(folder, { prepare: broken })
    await settled()
    expect(electron.windows).toHaveLength(1)
    expect(said).toEqual([expect.stringContaining('500')])
  })

  it('are not looked for without a feed, nor by a console that is not packaged', async () => {
    let asked = 0
    const counting = (fake: FakeElectron) => {
      fake.isPackaged = false
      fake.fetch = async () => {
        asked++
        return new Response()
      }
    }
    await openTestDesktop(folder, { prepare: counting })
    await openTestDesktop(folder, { platform: 'darwin', prepare: counting })
    await settled()
    expect(asked).toBe(0)
  })

  it('compare versions by their numbers', () => {
    expect(['1.10.0', '1.9.2', '2.0.0', '1.9.10'].toSorted(compareVersions)).toEqual(['1.9.2', '1.9.10', '1.10.0', '2.0.0'])
  })
})
