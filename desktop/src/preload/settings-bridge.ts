import type { Reply, Settings, TypedSettings } from '../ipc/contract.ts'
import type { PageIpc } from './validated-ipc.ts'

/** What the settings page gets from the desktop. */
export interface SettingsBridge {
  read(): Promise<Settings>
  /** Checks and keeps them; a refusal says which field and why. */
  save(settings: TypedSettings): Promise<Reply<'settings:save'>>
}

/** Makes the settings page's bridge over the page's end of the channels. */
export function createSettingsBridge(ipc: PageIpc): SettingsBridge {
  return { read: () => ipc.ask('settings:read'), save: (settings) => ipc.ask('settings:save', settings) }
}
