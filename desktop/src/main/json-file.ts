import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'

/** A small file that holds one value; what cannot be read counts as not there, so that a broken file never stops a start. */
export interface JsonFile<T> {
  read(): T | undefined
  /** Replaces the file as a whole; readable by its owner alone. */
  write(value: T): void
  remove(): void
}

/** Opens a file that holds what the schema describes. */
export function jsonFile<T>(path: string, schema: z.ZodType<T>): JsonFile<T> {
  return {
    read() {
      let text: string
      try {
        text = readFileSync(path, 'utf8')
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
      return parse(text, schema)
    },
    write(value) {
      mkdirSync(dirname(path), { recursive: true })
      const fresh = `${path}.${process.pid}`
      writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
      renameSync(fresh, path)
    },
    remove: () => rmSync(path, { force: true }),
  }
}

function parse<T>(text: string, schema: z.ZodType<T>): T | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined // cut off by a full disk or edited by hand: as if it were not there
  }
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : undefined
}
