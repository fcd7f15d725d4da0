import type { BrowserWindow, Rectangle } from 'electron'
import { ORIGINS } from './app-protocol.ts'
import type { Electron } from './electron-module.ts'
import { webPreferences } from './lock-down.ts'
import type { WindowStates } from './window-state.ts'

/** The windows that show the console. */
export interface ConsoleWindows {
  all(): readonly BrowserWindow[]
  /** Opens those that were open last time; at least one. */
  restore(): void
  /** Opens one more, on a display without a window where there is one. */
  open(): BrowserWindow
  /** Brings the last used one to the front, opening one if there is none. */
  focus(): BrowserWindow
  reload(): void
  /** Keeps where they all are, before the desktop is left and they close one after the other. */
  leave(): void
}

interface Deps {
  electron: Electron
  preload: string
  icon: string
  states: WindowStates
  /** Asked when the last window is about to close: whether it hides instead. */
  hidesLast: () => boolean
}

const DEFAULT = { width: 1440, height: 900 }
const SMALLEST = { minWidth: 960, minHeight: 600 }
/** The background of the console's two themes, so that a window does not flash before it is drawn. */
const BACKGROUND = { light: '#ffffff', dark: '#14171b' }

/** Makes the console's windows. */
export function createConsoleWindows(deps: Deps): ConsoleWindows {
  const { electron, states } = deps
  const windows: BrowserWindow[] = []
  let lastUsed: BrowserWindow | undefined
  let isLeaving = false
  const keep = () => {
    if (!isLeaving) states.keep(windows)
  }

  const follow = (window: BrowserWindow) => {
    window.once('ready-to-show', () => window.show())
    window.on('focus', () => {
      lastUsed = window
    })
    for (const change of ['resized', 'moved', 'maximize', 'unmaximize'] as const) window.on(change as 'maximize', keep)
    window.on('close', (event) => {
      keep()
      if (isLeaving || windows.length > 1 || !deps.hidesLast()) return
      event.preventDefault()
      window.hide()
    })
    window.on('closed', () => {
      windows.splice(windows.indexOf(window), 1)
      if (lastUsed === window) lastUsed = windows[0]
      keep()
    })
  }
  const make = (at?: Rectangle): BrowserWindow => {
    const areas = electron.screen.getAllDisplays().map((display) => display.workArea)
    const was = at ? undefined : states.restore(windows.length, areas)
    const window = createWindow(deps, was ?? at)
    windows.push(window)
    lastUsed = window
    if (was?.isMaximized) window.maximize()
    if (was?.isFullScreen) window.setFullScreen(true)
    follow(window)
    void window.loadURL(`${ORIGINS.console}/`)
    return window
  }

  return {
    all: () => windows,
    restore() {
      for (let left = Math.max(1, states.count()); left > 0; left--) make()
    },
    open: () => make(freeArea(electron, windows)),
    focus() {
      const window = lastUsed ?? make()
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
      return window
    },
    reload() {
      for (const window of windows) window.webContents.reload()
    },
    leave() {
      keep()
      isLeaving = true
    },
  }
}

/** The work area of a display on which no window is; undefined where every display has one. */
function freeArea({ screen }: Electron, windows: readonly BrowserWindow[]): Rectangle | undefined {
  const taken = new Set(windows.map((window) => screen.getDisplayMatching(window.getBounds()).id))
  return screen.getAllDisplays().find((display) => !taken.has(display.id))?.workArea
}

function createWindow({ electron, icon, preload }: Deps, at: Rectangle | undefined): BrowserWindow {
  return new electron.BrowserWindow({
    ...(at ? { x: at.x, y: at.y, width: at.width, height: at.height } : DEFAULT),
    ...SMALLEST,
    title: 'Doorstep dispatch',
    icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: electron.nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: webPreferences(preload),
  })
}
