import { z } from 'zod'
import type { Electron } from './electron-module.ts'

/** The announcement of versions, in the JSON form that Squirrel.Mac reads: one file for every system. */
export const releases = z.object({
  currentRelease: z.string(),
  releases: z.array(
    z.object({ version: z.string(), updateTo: z.object({ url: z.url({ protocol: /^https$/ }), notes: z.string().optional() }) }),
  ),
})

/** Looks for new versions where a feed is set. */
export interface Updates {
  /** Starts or stops looking, after the feed has changed. */
  follow(feedUrl: string): void
  checkNow(): Promise<void>
}

interface Deps {
  electron: Pick<Electron, 'app' | 'autoUpdater' | 'net' | 'dialog' | 'shell'>
  platform: string
  every: (ms: number, work: () => void) => () => void
  say: (line: string) => void
}

const EVERY_MS = 6 * 60 * 60_000

/**
 * On macOS Electron's updater fetches the new version and installs it at the next start. Its counterpart on Windows needs
 * another kind of installer than ours and Linux has none: there the person is told, and the download opens in the browser.
 */
export function createUpdates(deps: Deps): Updates {
  const { electron, platform } = deps
  let feed = ''
  let announced = ''
  let stop = () => {}
  const installs = platform === 'darwin'
  if (installs) {
    electron.autoUpdater.on('update-downloaded', (_event, _notes, name) => void offerRestart(deps, name))
    electron.autoUpdater.on('error', (error) => deps.say(`updates: ${error.message}`))
  }
  const check = async () => {
    if (feed === '' || !electron.app.isPackaged) return
    if (installs) return electron.autoUpdater.checkForUpdates()
    const newer = await findNewer(deps, feed)
    if (!newer || newer.version === announced) return
    announced = newer.version
    await offerDownload(deps, newer)
  }
  const checkNow = () => check().catch((error: Error) => deps.say(`updates: ${error.message}`))
  return {
    checkNow,
    follow(feedUrl) {
      stop()
      feed = feedUrl
      if (feed === '' || !electron.app.isPackaged) {
        stop = () => {}
        return
      }
      if (installs) electron.autoUpdater.setFeedURL({ url: feed, serverType: 'json' })
      stop = deps.every(EVERY_MS, () => void checkNow())
      void checkNow()
    },
  }
}

async function findNewer({ electron }: Deps, feed: string): Promise<{ version: string; url: string } | undefined> {
  const response = await electron.net.fetch(feed, { credentials: 'omit', redirect: 'error' })
  if (!response.ok) throw new Error(`${feed} answered ${response.status}`)
  const { currentRelease, releases: all } = releases.parse(await response.json())
  const current = all.find(({ version }) => version === currentRelease)
  if (!current || compareVersions(currentRelease, electron.app.getVersion()) <= 0) return undefined
  return { version: currentRelease, url: current.updateTo.url }
}

/** Orders versions such as 1.10.0 and 1.9.2 by their numbers; below zero when the first is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('-')[0]!.split('.').map(Number)) as [number[], number[]]
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

async function offerRestart({ electron }: Deps, name: string): Promise<void> {
  const { response } = await electron.dialog.showMessageBox({
    message: `Doorstep ${name} is ready`,
    detail: 'It is installed when the console starts again. Nothing is lost: the board comes back as it is.',
    buttons: ['Restart now', 'Later'],
    cancelId: 1,
  })
  if (response === 0) electron.autoUpdater.quitAndInstall()
}

async function offerDownload({ electron }: Deps, { version, url }: { version: string; url: string }): Promise<void> {
  const { response } = await electron.dialog.showMessageBox({
    message: `Doorstep ${version} is available`,
    detail: `You have ${electron.app.getVersion()}.`,
    buttons: ['Download', 'Later'],
    cancelId: 1,
  })
  if (response === 0) await electron.shell.openExternal(url)
}
