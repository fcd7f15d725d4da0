import { z } from 'zod'
import { type Reply, type Settings, serverUrl, settings, type TypedSettings, updateFeedUrl } from '../ipc/contract.ts'
import { jsonFile } from './json-file.ts'

/** The settings in force, and who wants to know when they change. */
export interface SettingsStore {
  get(): Settings
  /** Whether nobody has chosen a server yet. */
  isFirstRun: boolean
  /** Checks and keeps what a person typed. */
  save(typed: TypedSettings): Reply<'settings:save'>
  onChange(listener: (now: Settings, before: Settings) => void): void
}

/** Opens the settings in a file; a single value that makes no sense falls back to its default, the others stay. */
export function openSettings(path: string): SettingsStore {
  const file = jsonFile(path, z.record(z.string(), z.unknown()))
  const kept = file.read()
  let current = readEach(kept ?? {})
  const listeners: ((now: Settings, before: Settings) => void)[] = []
  const store: SettingsStore = {
    get: () => current,
    isFirstRun: kept === undefined,
    onChange: (listener) => void listeners.push(listener),
    save(typed) {
      const server = serverUrl.safeParse(typed.serverUrl)
      if (!server.success) return refusal('serverUrl', server.error)
      const feed = updateFeedUrl.safeParse(typed.updateFeedUrl.trim())
      if (!feed.success) return refusal('updateFeedUrl', feed.error)
      const before = current
      current = { ...typed, serverUrl: server.data, updateFeedUrl: feed.data }
      file.write(current)
      store.isFirstRun = false
      for (const listener of listeners) listener(current, before)
      return { ok: true }
    },
  }
  return store
}

function readEach(kept: Record<string, unknown>): Settings {
  const fits = Object.entries(settings.shape).filter(([name, schema]) => schema.safeParse(kept[name]).success)
  return settings.parse(Object.fromEntries(fits.map(([name]) => [name, kept[name]])))
}

function refusal(field: 'serverUrl' | 'updateFeedUrl', error: z.ZodError): Reply<'settings:save'> {
  return { ok: false, field, reason: error.issues.at(-1)?.message ?? 'It cannot be used' }
}
