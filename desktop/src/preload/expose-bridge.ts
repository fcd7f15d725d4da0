import { createConsoleBridge } from './console-bridge.ts'
import { createSettingsBridge } from './settings-bridge.ts'
import { createPageIpc, type RendererIpc } from './validated-ipc.ts'

/** The part of Electron that exists in a sandboxed preload and is used here. */
export interface PreloadElectron {
  contextBridge: { exposeInMainWorld(name: string, api: object): void }
  ipcRenderer: RendererIpc
}

/** Gives a page the one bridge that its origin may have, and none to any other page. */
export function exposeBridge({ contextBridge, ipcRenderer }: PreloadElectron, origin: string): void {
  const ipc = createPageIpc(ipcRenderer)
  switch (origin) {
    case 'doorstep://app':
      return contextBridge.exposeInMainWorld('doorstep', createConsoleBridge(ipc))
    case 'doorstep://settings':
      return contextBridge.exposeInMainWorld('doorstepSettings', createSettingsBridge(ipc))
    default:
      return
  }
}
