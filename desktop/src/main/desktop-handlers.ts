import { serverUrl } from '../ipc/contract.ts'
import { checkServer } from './check-server.ts'
import type { ConsoleWindows } from './console-windows.ts'
import type { Electron } from './electron-module.ts'
import type { LinkInbox } from './link-inbox.ts'
import type { Notifications } from './notifications.ts'
import type { SettingsStore } from './settings-store.ts'
import type { SettingsWindow } from './settings-window.ts'
import type { StatusTray } from './status-tray.ts'
import type { TokenStore } from './token-store.ts'
import { type Handlers, tellPage } from './validated-ipc.ts'

interface Deps {
  electron: Pick<Electron, 'net' | 'Notification'>
  settings: SettingsStore
  settingsWindow: SettingsWindow
  windows: ConsoleWindows
  tray: StatusTray
  inbox: LinkInbox
  tokens: TokenStore
  notifications: Notifications
}

/** What the desktop answers to each channel. */
export function desktopHandlers(deps: Deps): Handlers {
  const { electron, settings, windows, tokens } = deps
  return {
    'server:url': () => settings.get().serverUrl,
    'token:read': () => tokens.read(settings.get().serverUrl),
    'token:write': (_sender, token) => tokens.write(settings.get().serverUrl, token),
    'notification:show': (sender, { id, title, body }) =>
      deps.notifications.show({ title, body }, () => {
        windows.focus()
        if (!sender.isDestroyed()) tellPage(sender, 'notification:opened', id)
      }),
    'notification:ask': () => settings.get().notifications && electron.Notification.isSupported(),
    'links:follow': (sender) => deps.inbox.follow(sender),
    'counts:show': (_sender, counts) => deps.tray.show(counts),
    'window:open': () => void windows.open(),
    'settings:read': () => settings.get(),
    'settings:save': async (_sender, typed) => {
      const wanted = serverUrl.safeParse(typed.serverUrl)
      const isNew = wanted.success && (settings.isFirstRun || wanted.data !== settings.get().serverUrl)
      const reason = isNew ? await checkServer(electron, wanted.data) : undefined
      if (reason) return { ok: false, field: 'serverUrl', reason }
      const saved = settings.save(typed)
      if (saved.ok) {
        if (windows.all().length === 0) windows.restore()
        deps.settingsWindow.close()
      }
      return saved
    },
  }
}
