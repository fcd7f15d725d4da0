import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isAlive, startOf } from './running-process.ts'

const owner = z.object({ pid: z.int(), start: z.string() })

function readOwner(file: string): z.infer<typeof owner> | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const parsed = owner.safeParse(text.startsWith('{') ? JSON.parse(text) : undefined)
  return parsed.success ? parsed.data : undefined
}

/** The living process, other than this one, that has a folder to itself. */
function otherOwner(folder: string): number | undefined {
  const other = readOwner(join(folder, 'owner.json'))
  const isThere = other && other.pid !== process.pid && isAlive(other.pid) && startOf(other.pid) === other.start
  return isThere ? other.pid : undefined
}

/** Whether another process that lives uses a folder. */
export const isFolderInUse = (folder: string): boolean => otherOwner(folder) !== undefined

/**
 * Makes this process the only one that uses a folder; the answer gives it up. A lock left by a process that was
 * killed counts for nothing. Throws when another process that lives holds it.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'owner.json')
  mkdirSync(folder, { recursive: true })
  const other = otherOwner(folder)
  if (other !== undefined) {
    throw new Error(`another Doorstep (process ${other}) is running on ${folder}; stop it first, or give it its own folder`)
  }
  writeFileSync(file, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }))
  return () => rmSync(file, { force: true })
}
