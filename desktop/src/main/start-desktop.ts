import { join } from 'node:path'
import type { WebContents } from 'electron'
import { appMenu } from './app-menu.ts'
import { createPageHandler, registerScheme } from './app-protocol.ts'
import { type ConsoleWindows, createConsoleWindows } from './console-windows.ts'
import { keepCrashReports, reviveCrashedPages } from './crash-reports.ts'
import { findDeepLink, parseDeepLink, SCHEME } from './deep-links.ts'
import { desktopHandlers } from './desktop-handlers.ts'
import type { Electron } from './electron-module.ts'
import { createLinkInbox, type LinkInbox } from './link-inbox.ts'
import { denyPermissions, lockNavigation } from './lock-down.ts'
import { createNotifications } from './notifications.ts'
import { connectToServer } from './server-requests.ts'
import { openSettings, type SettingsStore } from './settings-store.ts'
import { createSettingsWindow, type SettingsWindow } from './settings-window.ts'
import { createStatusTray, type StatusTray } from './status-tray.ts'
import { openTokenStore } from './token-store.ts'
import { createUpdates } from './updates.ts'
import { answerPages } from './validated-ipc.ts'
import { openWindowStates } from './window-state.ts'

/** What the machine and the packaged files are to the desktop. */
export interface Surroundings {
  readonly platform: string
  readonly args: readonly string[]
  /** The built preload, the console's built page, and `resources/`. */
  readonly preload: string
  readonly consoleFolder: string
  readonly resources: string
  readonly nowMs: () => number
  readonly every: (ms: number, work: () => void) => () => void
  readonly say: (line: string) => void
}

/** Starts the desktop; a second start hands its link to the first one and ends. Settles when the windows are open. */
export async function startDesktop(electron: Electron, around: Surroundings): Promise<void> {
  const { app } = electron
  registerScheme(electron)
  app.enableSandbox()
  keepCrashReports(electron)
  if (!app.requestSingleInstanceLock()) return app.quit()
  if (app.isPackaged) app.setAsDefaultProtocolClient(SCHEME)
  if (around.platform === 'win32') app.setAppUserModelId('org.doorstep.console')

  const settings = openSettings(join(app.getPath('userData'), 'settings.json'))
  const inbox = createLinkInbox()
  let windows: ConsoleWindows | undefined
  const openLink = (text: string | undefined) => {
    const link = text === undefined ? undefined : parseDeepLink(text)
    if (link) inbox.put(link, windows?.focus().webContents)
  }
  const first = findDeepLink(around.args)
  if (first) inbox.put(first, undefined)
  app.on('open-url', (event, url) => {
    event.preventDefault()
    openLink(url)
  })
  app.on('second-instance', (_event, args) => {
    windows?.focus()
    openLink(args.find((arg) => arg.startsWith(`${SCHEME}:`)))
  })
  app.on('web-contents-created', (_event, contents) => lockNavigation(electron, contents, () => settings.get().serverUrl))
  reviveCrashedPages(electron, around.nowMs, around.say)

  await app.whenReady()
  windows = openDesktop({ electron, around, settings, inbox })
}

interface Parts {
  electron: Electron
  around: Surroundings
  settings: SettingsStore
  inbox: LinkInbox
}

function openDesktop(parts: Parts): ConsoleWindows {
  const { electron, around, settings, inbox } = parts
  const { app } = electron
  secureSession(parts)
  const file = (name: string) => join(app.getPath('userData'), name)
  const icon = join(around.resources, 'icon.png')
  const settingsWindow = createSettingsWindow(electron, around.preload, icon)
  let isQuitting = false
  const windows = createConsoleWindows({
    electron,
    preload: around.preload,
    icon,
    states: openWindowStates(file('windows.json')),
    hidesLast: () => settings.get().keepInTray && !isQuitting,
  })
  app.on('before-quit', () => {
    isQuitting = true
    windows.leave()
  })
  app.on('window-all-closed', () => {
    if (around.platform !== 'darwin') app.quit()
  })
  app.on('activate', () => void windows.focus())
  const updates = createUpdates({ ...around, electron })
  const tray = addTrayAndMenu(parts, windows, settingsWindow, () => void updates.checkNow())
  answerPages(
    electron.ipcMain,
    desktopHandlers({
      ...{ electron, settings, settingsWindow, windows, tray, inbox },
      tokens: openTokenStore(electron, file('session.json'), around.platform),
      notifications: createNotifications({ electron, icon, isOn: () => settings.get().notifications }, around.nowMs),
    }),
    (contents) => callerOf(contents, windows, settingsWindow),
    (error) => around.say(error.message),
  )
  followSettings(parts, windows, (feed) => updates.follow(feed))
  if (settings.isFirstRun) settingsWindow.open()
  else windows.restore()
  return windows
}

function addTrayAndMenu(
  { electron, around }: Parts,
  windows: ConsoleWindows,
  settingsWindow: SettingsWindow,
  checkForUpdates: () => void,
): StatusTray {
  const { app } = electron
  const openSettingsWindow = () => settingsWindow.open()
  const menu = appMenu(around.platform, app.isPackaged, {
    openWindow: () => void windows.open(),
    openSettings: openSettingsWindow,
    checkForUpdates,
    showCrashReports: () => void electron.shell.openPath(app.getPath('crashDumps')),
  })
  electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(menu))
  const icon = join(around.resources, around.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png')
  return createStatusTray(electron, icon, around.platform, {
    focus: () => void windows.focus(),
    openSettings: openSettingsWindow,
    quit: () => app.quit(),
  })
}

function callerOf(contents: WebContents, windows: ConsoleWindows, settingsWindow: SettingsWindow) {
  if (windows.all().some((window) => window.webContents === contents)) return 'console'
  return settingsWindow.current()?.webContents === contents ? 'settings' : undefined
}

function secureSession({ electron, around, settings }: Parts): void {
  const session = electron.session.defaultSession
  const serverUrl = () => settings.get().serverUrl
  denyPermissions(session)
  connectToServer(session, serverUrl)
  const settingsFolder = join(around.resources, 'settings')
  session.protocol.handle(SCHEME, createPageHandler({ consoleFolder: around.consoleFolder, settingsFolder, serverUrl }))
}

function followSettings({ electron, settings, inbox }: Parts, windows: ConsoleWindows, followFeed: (feed: string) => void): void {
  electron.nativeTheme.themeSource = settings.get().theme
  followFeed(settings.get().updateFeedUrl)
  settings.onChange((now, before) => {
    electron.nativeTheme.themeSource = now.theme
    if (now.updateFeedUrl !== before.updateFeedUrl) followFeed(now.updateFeedUrl)
    if (now.serverUrl === before.serverUrl) return
    inbox.forgetPages()
    windows.reload()
  })
}
