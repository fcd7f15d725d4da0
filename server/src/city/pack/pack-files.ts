import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isAlive } from '../../platform/index.ts'

/** Names of what a pack's folder holds. */
export const PACK_FILES = {
  manifest: 'pack.json',
  basemap: 'basemap.pmtiles',
  valhalla: 'valhalla',
  graph: 'graph.bin',
  calibration: 'calibration.json',
  merchants: 'merchants.json',
  addresses: 'addresses.json',
} as const

/** The folder of all packs in the server's data folder. */
export const packsFolder = (dataFolder: string): string => join(dataFolder, 'city')

/** The folder of one pack. */
export const packFolder = (dataFolder: string, name: string): string => join(packsFolder(dataFolder), name)

const UNFINISHED = '.building-'

/**
 * Runs `build` in a temporary folder beside the pack's and puts it in the pack's place when it is done; when it fails,
 * nothing is left and what stood there before still stands.
 */
export async function inPlaceOf<T>(folder: string, build: (temporary: string) => Promise<T>): Promise<T> {
  const parent = join(folder, '..')
  await mkdir(parent, { recursive: true })
  await removeAbandoned(parent)
  const temporary = join(parent, `${UNFINISHED}${basename(folder)}-${process.pid}`)
  try {
    await rm(temporary, { recursive: true, force: true })
    await mkdir(temporary)
    const built = await build(temporary)
    const old = `${temporary}-old`
    await rename(folder, old).catch(unlessMissing)
    await rename(temporary, folder)
    await rm(old, { recursive: true, force: true })
    return built
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

/** What a process left that was killed while it built. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = name.startsWith(UNFINISHED) ? Number(/-(\d+)(-old)?$/.exec(name)?.[1]) : Number.NaN
    if (pid > 0 && !isAlive(pid)) await rm(join(parent, name), { recursive: true, force: true })
  }
}

/** SHA-256 of a file, read in pieces. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
