import type { AlertCounts, ConsoleLink } from '../ipc/contract.ts'
import type { PageIpc } from './validated-ipc.ts'

/** What the console gets from the desktop, and all it gets; the browser's bridge has the same shape. */
export interface DesktopBridge {
  readonly kind: 'desktop'
  serverUrl(): string
  readToken(): Promise<string | null>
  writeToken(token: string | null): Promise<void>
  notify(title: string, body: string, onOpen: () => void): void
  askToNotify(): Promise<boolean>
  onLink(listener: (link: ConsoleLink) => void): () => void
  /** Puts how many orders need somebody on the tray and the badge. */
  showCounts(counts: AlertCounts): void
  /** Opens another console window, on a monitor that has none yet where there is one. */
  openWindow(): void
}

/** Callbacks of notifications that are kept; whoever opens an older one still gets the window, not the order. */
const KEPT_NOTIFICATIONS = 50

/** Makes the console's bridge over the page's end of the channels. */
export function createConsoleBridge(ipc: PageIpc): DesktopBridge {
  const url = ipc.askNow('server:url')
  const opened = new Map<number, () => void>()
  let lastId = 0
  ipc.hear('notification:opened', (id) => {
    opened.get(id)?.()
    opened.delete(id)
  })
  return {
    kind: 'desktop',
    serverUrl: () => url,
    readToken: () => ipc.ask('token:read'),
    writeToken: (token) => ipc.ask('token:write', token),
    notify(title, body, onOpen) {
      const id = ++lastId
      opened.set(id, onOpen)
      opened.delete(id - KEPT_NOTIFICATIONS)
      void ipc.ask('notification:show', { id, title: title.slice(0, 200), body: body.slice(0, 1000) })
    },
    askToNotify: () => ipc.ask('notification:ask'),
    onLink(listener) {
      const stop = ipc.hear('link:opened', listener)
      void ipc.ask('links:follow').then((links) => links.forEach(listener))
      return stop
    },
    showCounts: (counts) => void ipc.ask('counts:show', counts),
    openWindow: () => void ipc.ask('window:open'),
  }
}
