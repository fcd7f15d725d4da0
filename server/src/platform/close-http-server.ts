import type { Server } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

const LOOK_EVERY_MS = 20

/**
 * Prepares the orderly end of an HTTP server: the answer takes no more connections, lets what is being answered finish for as long
 * as `boundMs`, and then cuts the rest. WebSockets are not its business.
 */
export function closesWhenAnswered(server: Server, boundMs: number): () => Promise<void> {
  let answering = 0
  server.on('request', (_, answer) => {
    answering += 1
    answer.once('close', () => {
      answering -= 1
    })
  })
  return async () => {
    server.close()
    server.closeIdleConnections()
    const untilMs = Date.now() + boundMs
    while (answering > 0 && Date.now() < untilMs) await wait(LOOK_EVERY_MS)
    server.closeAllConnections()
  }
}
