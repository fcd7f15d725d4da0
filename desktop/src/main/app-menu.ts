import type { MenuItemConstructorOptions } from 'electron'

/** What the menu does beyond what Electron does by itself. */
export interface MenuActions {
  openWindow: () => void
  openSettings: () => void
  checkForUpdates: () => void
  showCrashReports: () => void
}

/** The menu of the application; developer tools only while it is not packaged. */
export function appMenu(platform: string, isPackaged: boolean, actions: MenuActions): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const settings: MenuItemConstructorOptions = { label: 'Settings…', accelerator: 'CmdOrCtrl+,', click: actions.openSettings }
  const updates: MenuItemConstructorOptions = { label: 'Look for updates', click: actions.checkForUpdates }
  const own: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      ...([
        { role: 'about' },
        updates,
        { type: 'separator' },
        settings,
        { type: 'separator' },
      ] satisfies MenuItemConstructorOptions[]),
      ...([
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        { role: 'quit' },
      ] satisfies MenuItemConstructorOptions[]),
    ],
  }
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      { label: 'New window', accelerator: 'CmdOrCtrl+Shift+N', click: actions.openWindow },
      ...(isMac ? [] : [settings]),
      { type: 'separator' },
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      ...(isPackaged ? [] : ([{ role: 'reload' }, { role: 'toggleDevTools' }] satisfies MenuItemConstructorOptions[])),
    ],
  }
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [...(isMac ? [] : [updates]), { label: 'Show crash reports', click: actions.showCrashReports }],
  }
  return [...(isMac ? [own] : []), file, { role: 'editMenu' }, view, { role: 'windowMenu' }, help]
}
