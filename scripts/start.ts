import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { explainStartError } from '../server/src/app/explain-start.ts'
import { ConfigError, readConfig } from '../server/src/config.ts'
import { runServer } from '../server/src/run-server.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Builds the web views whose sources changed, in a process of its own beside the starting server. */
function buildWebViews(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'scripts/build-web.ts')], { cwd: root, stdio: 'inherit' })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('the web views could not be built'))))
  })
}

try {
  const config = readConfig()
  await runServer(config, buildWebViews())
} catch (error) {
  const reason = error instanceof ConfigError ? error.message : explainStartError(error)
  if (reason === null) throw error
  console.error(reason)
  process.exit(2)
}
