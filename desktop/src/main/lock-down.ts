import type { Session, WebContents, WebPreferences } from 'electron'
import { ORIGINS } from './app-protocol.ts'
import type { Electron } from './electron-module.ts'

/** What every window runs with; nothing of Node reaches a page. */
export function webPreferences(preload: string): WebPreferences {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    // The board's clocks and sounds go on while another window is in front.
    backgroundThrottling: false,
  }
}

/** Copying an address, and reaching a server on this machine or in this network; all else is refused. */
const PERMISSIONS: ReadonlySet<string> = new Set([
  'clipboard-sanitized-write',
  'local-network-access',
  'local-network',
  'loopback-network',
])

/** Denies every permission but the two kinds the console needs, and those only to the console. */
export function denyPermissions(session: Session): void {
  const isConsole = (address: string) => URL.canParse(address) && originOf(address) === ORIGINS.console
  session.setPermissionCheckHandler((_contents, permission, origin) => PERMISSIONS.has(permission) && isConsole(origin))
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(PERMISSIONS.has(permission) && details.isMainFrame && isConsole(details.requestingUrl))
  })
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}))
  session.on('will-download', (event) => event.preventDefault())
}

/** Keeps a page where it is: no navigation to another origin, no new windows, no webviews; outside links go to the browser. */
export function lockNavigation({ shell }: Pick<Electron, 'shell'>, contents: WebContents, serverUrl: () => string): void {
  const stay = (details: { url: string; preventDefault: () => void }) => {
    if (originOf(details.url) !== originOf(contents.getURL())) details.preventDefault()
  }
  contents.on('will-frame-navigate', stay)
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (opensOutside(url, serverUrl())) void shell.openExternal(url)
    return { action: 'deny' }
  })
}

/** Whether an address may be handed to the system: the web over HTTPS, the server's own pages, mail and the telephone. */
export function opensOutside(address: string, serverUrl: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return ['https:', 'mailto:', 'tel:'].includes(url.protocol) || url.origin === serverUrl
}

/** The origin of an address; `URL.origin` is "null" for schemes it does not know, this one names ours. */
export function originOf(address: string): string {
  if (!URL.canParse(address)) return ''
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}`
}
