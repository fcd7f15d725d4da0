/** What the console needs from whatever it runs in: a browser tab, or the desktop's preload. */
export interface Bridge {
  readonly kind: 'browser' | 'desktop'
  /** Where the server is; a browser is on it already. */
  serverUrl(): string
  /** The session's token, kept by the system's key store on the desktop. */
  readToken(): Promise<string | null>
  writeToken(token: string | null): Promise<void>
  /** Tells somebody who looks elsewhere; silently nothing where that is not allowed. */
  notify(title: string, body: string, onOpen: () => void): void
  /** Asks the person for leave to notify; answers whether they gave it. */
  askToNotify(): Promise<boolean>
  /** Shows in tray and dock how much needs somebody; a browser tab has neither. */
  showCounts?(counts: { actNow: number; atRisk: number }): void
  /** Opens the console in a window more, for a second monitor; in a browser that is a tab. */
  openWindow?(): void
  /** Deep links such as `doorstep://order/…`, now and later; answers how to stop. */
  onLink(listener: (link: ConsoleLink) => void): () => void
}

/** Where a link leads. */
export type ConsoleLink = { kind: 'order'; id: string } | { kind: 'driver'; id: string } | { kind: 'token'; token: string }

const TOKEN_KEY = 'doorstep.console.token'

/**
 * The bridge of a browser tab: the session in the tab's own storage (another tab goes on with the server's cookie), links
 * in its address.
 */
export function createBrowserBridge(page: Window): Bridge {
  return {
    kind: 'browser',
    serverUrl: () => page.location.origin,
    readToken: async () => page.sessionStorage.getItem(TOKEN_KEY),
    async writeToken(token) {
      if (token) page.sessionStorage.setItem(TOKEN_KEY, token)
      else page.sessionStorage.removeItem(TOKEN_KEY)
    },
    notify(title, body, onOpen) {
      if (!('Notification' in page) || Notification.permission !== 'granted' || !page.document.hidden) return
      const notification = new Notification(title, { body, tag: title })
      notification.onclick = () => {
        page.focus()
        onOpen()
      }
    },
    async askToNotify() {
      if (!('Notification' in page)) return false
      return (await Notification.requestPermission()) === 'granted'
    },
    onLink(listener) {
      const read = () => {
        const link = parseLink(page.location.hash.slice(1))
        if (!link) return
        if (link.kind === 'token') page.history.replaceState(null, '', page.location.pathname + page.location.search)
        listener(link)
      }
      page.addEventListener('hashchange', read)
      read()
      return () => page.removeEventListener('hashchange', read)
    },
  }
}

/** Reads `order=…`, `driver=…` or `token=…`; undefined for anything else. */
export function parseLink(text: string): ConsoleLink | undefined {
  const params = new URLSearchParams(text)
  const token = params.get('token')
  if (token) return { kind: 'token', token }
  const order = params.get('order')
  if (order) return { kind: 'order', id: order }
  const driver = params.get('driver')
  return driver ? { kind: 'driver', id: driver } : undefined
}

declare global {
  interface Window {
    /** Put there by the desktop's preload. */
    doorstep?: Bridge
  }
}
