import type { Notification } from 'electron'
import type { Electron } from './electron-module.ts'

/** Notifications of the system for alerts. */
export interface Notifications {
  /** Shows one unless the person looks at the console or has switched them off; a click calls `onOpen`. */
  show(text: { title: string; body: string }, onOpen: () => void): void
}

interface Deps {
  electron: Pick<Electron, 'Notification' | 'BrowserWindow'>
  isOn: () => boolean
  icon: string
}

/** Several windows of one console hear of the same alert; what was said within this time is not said again. */
const SAID_MS = 10_000
const KEPT = 50

/** Makes the notifications; shown ones are kept referenced, since a collected one loses its click. */
export function createNotifications({ electron, isOn, icon }: Deps, nowMs: () => number): Notifications {
  const shown = new Set<Notification>()
  const saidMs = new Map<string, number>()
  return {
    show({ title, body }, onOpen) {
      const isLooking = electron.BrowserWindow.getFocusedWindow() !== null
      if (!isOn() || isLooking || !electron.Notification.isSupported()) return
      const key = `${title}\n${body}`
      const now = nowMs()
      for (const [text, atMs] of saidMs) if (now - atMs >= SAID_MS) saidMs.delete(text)
      if (saidMs.has(key)) return
      saidMs.set(key, now)
      const notification = new electron.Notification({ title, body, icon })
      shown.add(notification)
      const [oldest] = shown
      if (shown.size > KEPT && oldest) shown.delete(oldest)
      notification.on('click', () => {
        shown.delete(notification)
        onOpen()
      })
      notification.show()
    },
  }
}
