import type { Tray } from 'electron'
import type { AlertCounts } from '../ipc/contract.ts'
import type { Electron } from './electron-module.ts'

/** The icon beside the system's clock, with how many orders need somebody. */
export interface StatusTray {
  show(counts: AlertCounts): void
  destroy(): void
}

/** What the tray's menu does. */
export interface TrayActions {
  focus: () => void
  openSettings: () => void
  quit: () => void
}

/** Puts the tray's icon up; counts also go to the badge of the dock or launcher. */
export function createStatusTray(electron: Electron, icon: string, platform: string, actions: TrayActions): StatusTray {
  const image = electron.nativeImage.createFromPath(icon)
  if (platform === 'darwin') image.setTemplateImage(true)
  const tray = new electron.Tray(image)
  const show = (counts: AlertCounts) => {
    tray.setToolTip(`Doorstep: ${words(counts)}`)
    if (platform === 'darwin') tray.setTitle(counts.actNow > 0 ? String(counts.actNow) : '')
    electron.app.setBadgeCount(counts.actNow)
    fillMenu(electron, tray, counts, actions)
  }
  tray.on('click', actions.focus)
  show({ actNow: 0, atRisk: 0 })
  return { show, destroy: () => tray.destroy() }
}

function fillMenu({ Menu }: Electron, tray: Tray, counts: AlertCounts, actions: TrayActions): void {
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: words(counts), enabled: false },
      { type: 'separator' },
      { label: 'Open the console', click: actions.focus },
      { label: 'Settings…', click: actions.openSettings },
      { type: 'separator' },
      { label: 'Quit', click: actions.quit },
    ]),
  )
}

/** The counts in words; the same on the tooltip and in the menu. */
export function words({ actNow, atRisk }: AlertCounts): string {
  if (actNow === 0 && atRisk === 0) return 'nothing needs you'
  return `${actNow} to act on, ${atRisk} at risk`
}
