import { z } from 'zod'
import type { Electron } from './electron-module.ts'
import { jsonFile } from './json-file.ts'

/** The session's token of one server, encrypted by the system's key store. */
export interface TokenStore {
  read(serverUrl: string): Promise<string | null>
  write(serverUrl: string, token: string | null): Promise<void>
}

/**
 * Opens the token's file. A token is handed out for the server it came from and no other. Where the system has no key
 * store (on Linux without a keyring Electron would encrypt with a known password) it is kept in memory until the end.
 */
export function openTokenStore({ safeStorage }: Pick<Electron, 'safeStorage'>, path: string, platform: string): TokenStore {
  const file = jsonFile(path, z.object({ serverUrl: z.string(), encrypted: z.base64() }))
  let inMemory: { serverUrl: string; token: string } | null = null
  const hasKeyStore = async () =>
    (await safeStorage.isAsyncEncryptionAvailable()) &&
    (platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend()))
  return {
    async read(serverUrl) {
      if (inMemory) return inMemory.serverUrl === serverUrl ? inMemory.token : null
      const kept = file.read()
      if (!kept || kept.serverUrl !== serverUrl || !(await hasKeyStore())) return null
      try {
        const { result } = await safeStorage.decryptStringAsync(Buffer.from(kept.encrypted, 'base64'))
        inMemory = { serverUrl, token: result }
        return result
      } catch {
        file.remove() // of another user or machine, or the key store was reset: signing in again makes a new one
        return null
      }
    },
    async write(serverUrl, token) {
      inMemory = token === null ? null : { serverUrl, token }
      if (token === null || !(await hasKeyStore())) return file.remove()
      const encrypted = await safeStorage.encryptStringAsync(token)
      if (inMemory?.token === token) file.write({ serverUrl, encrypted: encrypted.toString('base64') })
    },
  }
}
