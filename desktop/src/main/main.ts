import { join } from 'node:path'
import * as electron from 'electron'
import { startDesktop } from './start-desktop.ts'

const built = join(import.meta.dirname, '..')

// Not awaited: Electron becomes ready only after this module has run to its end.
startDesktop(electron, {
  platform: process.platform,
  args: process.argv,
  preload: join(built, 'preload', 'preload.cjs'),
  consoleFolder: join(built, 'renderer'),
  resources: join(built, '..', 'resources'),
  nowMs: () => Date.now(),
  every(ms, work) {
    const timer = setInterval(work, ms)
    return () => clearInterval(timer)
  },
  say: (line) => console.error(line),
}).catch((error: unknown) => {
  console.error(error)
  electron.app.exit(1)
})
