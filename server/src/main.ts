import { ConfigError, readConfig } from './config.ts'
import { runServer } from './run-server.ts'

try {
  await runServer(readConfig())
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exit(2)
}
