import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The first of the named programs that stands in the PATH and may be run, as a full path. */
export function findProgram(names: readonly string[], path = process.env['PATH'] ?? ''): string | null {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  for (const name of names) {
    for (const folder of path.split(delimiter)) {
      for (const ending of endings) {
        const file = join(folder, name + ending)
        if (folder !== '' && isProgram(file)) return file
      }
    }
  }
  return null
}

/** Whether a file exists and may be run. */
export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
