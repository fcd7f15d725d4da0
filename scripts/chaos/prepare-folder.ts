import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { ensureDefaultCity } from '../../server/src/city/index.ts'

/** Puts the default city into a data folder, from where it has been made already if it has. */
export async function prepareFolder(from: string, dataFolder: string): Promise<void> {
  const pack = await ensureDefaultCity(from)
  cpSync(pack.folder, join(dataFolder, 'city', pack.manifest.name), { recursive: true })
}
