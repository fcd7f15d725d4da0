import { EventEmitter } from 'node:events'
import type { Rectangle, WebPreferences } from 'electron'
import type { Electron } from './electron-module.ts'

/** A page of the stand-in: its address, what it was told, and the handler for windows it wants to open. */
export class FakeContents extends EventEmitter {
  readonly id: number
  url = ''
  readonly told: [channel: string, message: unknown][] = []
  reloads = 0
  openWindow: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  constructor(id: number) {
    super()
    this.id = id
  }
  getURL = () => this.url
  send = (channel: string, message: unknown) => void this.told.push([channel, message])
  reload = () => void this.reloads++
  isDestroyed = () => false
  setWindowOpenHandler = (handler: FakeContents['openWindow']) => {
    this.openWindow = handler
  }
  /** Tries to go somewhere; answers whether nothing stopped it. */
  navigate(event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect', url: string): boolean {
    let isStopped = false
    this.emit(event, { url, preventDefault: () => (isStopped = true) })
    return !isStopped
  }
}

/** A window of the stand-in. */
export class FakeWindow extends EventEmitter {
  readonly options: Record<string, unknown> & { webPreferences: WebPreferences }
  readonly webContents: FakeContents
  bounds: Rectangle
  state = { isMaximized: false, isFullScreen: false, isMinimized: false, isShown: false }
  readonly #electron: FakeElectron
  constructor(electron: FakeElectron, options: FakeWindow['options'] & Partial<Rectangle>) {
    super()
    this.#electron = electron
    this.options = options
    this.webContents = new FakeContents(electron.windows.length + 1)
    this.bounds = { x: options.x ?? 10, y: options.y ?? 10, width: options.width ?? 800, height: options.height ?? 600 }
    electron.windows.push(this)
    electron.app.emit('web-contents-created', {}, this.webContents)
  }
  loadURL = async (url: string) => {
    this.webContents.url = url
  }
  show = () => (this.state.isShown = true)
  hide = () => (this.state.isShown = false)
  focus = () => this.emit('focus')
  restore = () => (this.state.isMinimized = false)
  maximize = () => (this.state.isMaximized = true)
  setFullScreen = (isFull: boolean) => (this.state.isFullScreen = isFull)
  isMaximized = () => this.state.isMaximized
  isFullScreen = () => this.state.isFullScreen
  isMinimized = () => this.state.isMinimized
  getBounds = () => this.bounds
  getNormalBounds = () => this.bounds
  close = () => {
    let isStopped = false
    this.emit('close', { preventDefault: () => (isStopped = true) })
    if (isStopped) return
    this.#electron.windows.splice(this.#electron.windows.indexOf(this), 1)
    this.emit('closed')
    if (this.#electron.windows.length === 0) this.#electron.app.emit('window-all-closed')
  }
}

const flip = (text: string) => text.split('').toReversed().join('')

type Listener = (details: Record<string, unknown>, callback: (answer: Record<string, unknown>) => void) => void

/** What the stand-in remembers of one start of the desktop, beside the `electron` it poses as. */
export class FakeElectron {
  readonly windows: FakeWindow[] = []
  readonly notifications: (EventEmitter & { text: { title: string; body: string } })[] = []
  readonly openedOutside: string[] = []
  readonly handlers = new Map<string, (event: unknown, ...args: unknown[]) => Promise<unknown>>()
  readonly requests = new Map<string, Listener>()
  readonly schemes: unknown[] = []
  readonly app: EventEmitter & { quit(): void }
  readonly ipcMain: EventEmitter
  readonly autoUpdater = Object.assign(new EventEmitter(), {
    feeds: [] as unknown[],
    checks: 0,
    setFeedURL: (feed: unknown) => void this.autoUpdater.feeds.push(feed),
    checkForUpdates: () => void this.autoUpdater.checks++,
  })
  readonly session = Object.assign(new EventEmitter(), {
    permissionCheck: (..._args: unknown[]): boolean => true,
    permissionRequest: (..._args: unknown[]) => {},
    setPermissionCheckHandler: (handler: () => boolean) => void (this.session.permissionCheck = handler),
    setPermissionRequestHandler: (handler: () => void) => void (this.session.permissionRequest = handler),
    deviceAllowed: (): boolean => true,
    setDevicePermissionHandler: (handler: () => boolean) => void (this.session.deviceAllowed = handler),
    setDisplayMediaRequestHandler: () => {},
    page: async (_request: Request) => new Response(),
    protocol: {
      handle: (_scheme: string, handler: (request: Request) => Promise<Response>) => void (this.session.page = handler),
    },
    webRequest: {
      onBeforeRequest: (listener: Listener) => void this.requests.set('before', listener),
      onBeforeSendHeaders: (listener: Listener) => void this.requests.set('send', listener),
      onHeadersReceived: (listener: Listener) => void this.requests.set('received', listener),
    },
  })
  displays = [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }]
  isFocused = false
  isFirst = true
  isPackaged = true
  hasQuit = false
  crashReports: unknown
  tray: { toolTip: string; menu: { label?: string; click?: () => void }[] } | undefined
  badge = 0
  themeSource = 'system'
  keyStore = 'gnome_libsecret'
  /** What `net.fetch` and message boxes answer. */
  fetch: (url: string) => Promise<Response> = async () => Response.json({ version: '0.1.0', city: { title: 'Town' } })
  button = 1

  constructor(userData: string) {
    this.app = Object.assign(new EventEmitter(), {
      getPath: (name: string) => (name === 'userData' ? userData : `${userData}/${name}`),
      getVersion: () => '1.2.0',
      enableSandbox: () => {},
      requestSingleInstanceLock: () => this.isFirst,
      setAsDefaultProtocolClient: () => true,
      setAppUserModelId: () => {},
      setBadgeCount: (count: number) => (this.badge = count),
      whenReady: async () => {},
      quit: () => {
        if (this.hasQuit) return
        this.hasQuit = true
        this.app.emit('before-quit')
        for (const window of [...this.windows]) window.close()
      },
    })
    Object.defineProperty(this.app, 'isPackaged', { get: () => this.isPackaged })
    this.ipcMain = Object.assign(new EventEmitter(), {
      handle: (name: string, handler: (event: unknown, ...args: unknown[]) => Promise<unknown>) =>
        void this.handlers.set(name, handler),
    })
  }

  /** The stand-in as the module that the desktop is given. */
  asModule(): Electron {
    return moduleOf(this)
  }

  /** Chooses an entry of the tray's menu. */
  chooseInTray(label: string): void {
    this.tray?.menu.find((item) => item.label === label)?.click?.()
  }

  /** Calls a channel as a page would; `frame` may pretend to be another one. */
  call(window: FakeWindow, name: string, args: readonly unknown[], frame?: { url: string; parent: unknown }): Promise<unknown> {
    const event = { sender: window.webContents, senderFrame: frame ?? { url: window.webContents.url, parent: null } }
    const handler = this.handlers.get(name)
    if (!handler) throw new Error(`nobody answers ${name}`)
    return handler(event, ...args)
  }

  /** Calls a channel that the page waits for. */
  callNow(window: FakeWindow, name: string): unknown {
    const event = {
      sender: window.webContents,
      senderFrame: { url: window.webContents.url, parent: null },
      returnValue: undefined,
    }
    this.ipcMain.emit(name, event)
    return event.returnValue
  }

  /** What becomes of a request: the answer of one of the three listeners. */
  request(stage: 'before' | 'send' | 'received', details: Record<string, unknown>): Record<string, unknown> {
    let answer: Record<string, unknown> = {}
    this.requests.get(stage)?.(details, (given) => (answer = given))
    return answer
  }
}

function moduleOf(fake: FakeElectron): Electron {
  return {
    app: fake.app,
    ipcMain: fake.ipcMain,
    autoUpdater: fake.autoUpdater,
    session: { defaultSession: fake.session },
    protocol: { registerSchemesAsPrivileged: (schemes: unknown[]) => void fake.schemes.push(...schemes) },
    BrowserWindow: class extends FakeWindow {
      constructor(options: FakeWindow['options']) {
        super(fake, options)
      }
      static getFocusedWindow = () => (fake.isFocused ? (fake.windows[0] ?? null) : null)
    },
    ...systemOf(fake),
  } as unknown as Electron
}

function systemOf(fake: FakeElectron): Record<string, unknown> {
  return {
    crashReporter: { start: (options: unknown) => (fake.crashReports = options) },
    dialog: { showMessageBox: async () => ({ response: fake.button }) },
    Menu: {
      buildFromTemplate: (items: { label?: string }[]) => items,
      setApplicationMenu: () => {},
    },
    nativeImage: { createFromPath: () => ({ setTemplateImage: () => {} }) },
    nativeTheme: {
      shouldUseDarkColors: false,
      set themeSource(source: string) {
        fake.themeSource = source
      },
    },
    net: { fetch: (url: string) => fake.fetch(url) },
    Notification: class extends EventEmitter {
      text: { title: string; body: string }
      constructor(text: { title: string; body: string }) {
        super()
        this.text = text
      }
      show = () => void fake.notifications.push(this)
      static isSupported = () => true
    },
    safeStorage: {
      isAsyncEncryptionAvailable: async () => true,
      getSelectedStorageBackend: () => fake.keyStore,
      encryptStringAsync: async (text: string) => Buffer.from(`locked:${flip(text)}`),
      decryptStringAsync: async (locked: Buffer) => {
        const text = locked.toString()
        if (!text.startsWith('locked:')) throw new Error('not of this key store')
        return { shouldReEncrypt: false, result: flip(text.slice(7)) }
      },
    },
    screen: {
      getAllDisplays: () => fake.displays,
      getDisplayMatching: ({ x }: Rectangle) =>
        fake.displays.find(({ workArea }) => x >= workArea.x && x < workArea.x + workArea.width) ?? fake.displays[0],
    },
    shell: {
      openExternal: async (url: string) => void fake.openedOutside.push(url),
      openPath: async () => '',
    },
    Tray: class extends EventEmitter {
      constructor() {
        super()
        fake.tray = { toolTip: '', menu: [] }
      }
      setToolTip = (text: string) => void (fake.tray!.toolTip = text)
      setTitle = () => {}
      setContextMenu = (items: { label?: string; click?: () => void }[]) => void (fake.tray!.menu = items)
      destroy = () => {}
    },
  }
}
