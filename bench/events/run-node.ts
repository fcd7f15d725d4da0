import { createServer, type Server } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Clock, Database } from '../../server/src/platform/index.ts'
import type { EventNodeSettings, FromNode, ToNode } from './event-messages.ts'
import { makeChanges } from './make-changes.ts'

const REPORT_MS = 50

const say = (message: FromNode) => process.send?.(message)

/** Runs a node under test, ours or the textbook's: it listens, changes orders when told to, and says what it committed. */
export function runNode(deps: {
  settings: EventNodeSettings
  db: Database
  clock: Clock
  committed(): void
  serve(server: Server): void
}): void {
  const loop = monitorEventLoopDelay({ resolution: 1 })
  loop.enable()
  let batch = { orders: [] as number[], versions: [] as number[], atMs: [] as number[] }
  const report = () => {
    if (batch.orders.length === 0) return
    say({ kind: 'changed', ...batch })
    batch = { orders: [], versions: [], atMs: [] }
  }
  setInterval(report, REPORT_MS)
  let changes: { stop(): Promise<void> } | undefined
  const start = (perSecond: number) => {
    loop.reset()
    changes = makeChanges({
      ...{ db: deps.db, clock: deps.clock, committed: deps.committed, perSecond },
      ...{ actorId: deps.settings.actorId, orderIds: deps.settings.orderIds },
      changed(order, version, atMs) {
        batch.orders.push(order)
        batch.versions.push(version)
        batch.atMs.push(atMs)
      },
      failed: (error) => console.error(error),
    })
  }
  const stop = async () => {
    await changes?.stop()
    report()
    const { user, system } = process.cpuUsage()
    say({ kind: 'stopped', loopP99Ms: loop.percentile(99) / 1e6, cpuUs: user + system })
  }
  process.on('message', (message: ToNode) => {
    if (message.kind === 'change') start(message.perSecond)
    else void stop()
  })
  process.on('disconnect', () => process.exit(0))
  const server = createServer()
  deps.serve(server)
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    say({ kind: 'listening', port: typeof address === 'object' && address ? address.port : 0 })
  })
}
