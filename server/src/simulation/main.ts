import type { LiveSocketLike } from '@doorstep/shared/client'
import { WebSocket } from 'ws'
import { readOptions } from './options.ts'
import { createPeopleClock } from './people-clock.ts'
import { simulateCity } from './simulate-city.ts'
import { watchServer } from './watch-server.ts'

const options = readOptions(process.argv.slice(2))
const counts = new Map<string, number>()
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1)
const clock = createPeopleClock((error) => console.error('simulation:', error))

const server = await watchServer(`${options.url}/api/v1`, clock, () => end())
const city = await simulateCity({
  ...{ options, clock, count },
  openSocket: (url, protocol) => new WebSocket(url, protocol, { perMessageDeflate: false }) as unknown as LiveSocketLike,
})

function end(): void {
  server.stop()
  city.stop()
  process.exit(0)
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
process.on('disconnect', end)
process.on('SIGUSR2', () => (clock.isPaused() ? city.resume() : city.pause()))
process.on('message', (message: { type?: string }) => {
  if (message.type === 'pause') city.pause()
  if (message.type === 'resume') city.resume()
})
if (options.reportEveryS > 0) {
  setInterval(() => console.error(new Date(clock.nowMs()).toISOString(), Object.fromEntries(counts)), options.reportEveryS * 1000)
}
