import type { BrowserWindow } from 'electron'
import { ORIGINS } from './app-protocol.ts'
import type { Electron } from './electron-module.ts'
import { webPreferences } from './lock-down.ts'

/** The window of the settings; one at a time. */
export interface SettingsWindow {
  open(): void
  close(): void
  current(): BrowserWindow | undefined
}

/** Makes the settings' window. */
export function createSettingsWindow(electron: Electron, preload: string, icon: string): SettingsWindow {
  let window: BrowserWindow | undefined
  return {
    current: () => window,
    close: () => window?.close(),
    open() {
      if (window) return window.focus()
      window = new electron.BrowserWindow({
        width: 520,
        height: 560,
        useContentSize: true,
        resizable: false,
        maximizable: false,
        fullscreenable: false,
        title: 'Doorstep settings',
        icon,
        show: false,
        autoHideMenuBar: true,
        webPreferences: webPreferences(preload),
      })
      window.once('ready-to-show', () => window?.show())
      window.on('closed', () => {
        window = undefined
      })
      void window.loadURL(`${ORIGINS.settings}/`)
    },
  }
}
