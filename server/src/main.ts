import { explainStartError } from './app/explain-start.ts'
import { ConfigError, readConfig } from './config.ts'
import { runServer } from './run-server.ts'

try {
  await runServer(readConfig())
} catch (error) {
  const reason = error instanceof ConfigError ? error.message : explainStartError(error)
  if (reason === null) throw error
  console.error(reason)
  process.exit(2)
}
