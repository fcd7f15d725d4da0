import type { LoadResult, LoadSettings, NodeSettings } from './node-messages.ts'
import { type BenchNode, cpuSeconds, kernelSocketBytes, startLoad, startNode } from './processes.ts'

/** One rate held for some seconds. */
export interface RateResult extends LoadResult {
  rate: number
  /** CPU of the node and what it writes to, per position sent. */
  cpuPerPositionUs: number
  loopP99Ms: number
  slowPeakBytes: number
}

/** What a design is put through. */
export interface RateSettings {
  file: 'node-worker.ts' | '../textbook/live-worker.ts'
  node: NodeSettings
  load: Omit<LoadSettings, 'ports'>
  rates: readonly number[]
  seconds: number
  slowReaderMs?: number
  /** Processes beside the node whose CPU counts: the database, Redis. */
  pids: readonly number[]
}

/** A design under growing load: every rate for some seconds, after a warm-up. */
export async function holdRates(settings: RateSettings): Promise<{ rates: RateResult[]; openedMs: number }> {
  const node = await startNode(settings.file, settings.node)
  let stopLoad = () => {}
  try {
    const load = await startLoad({ ...settings.load, ports: [node.port] })
    stopLoad = load.stop
    const first = settings.rates[0]!
    await load.run({ rate: first, seconds: 1.5 })
    const rates: RateResult[] = []
    for (const [i, rate] of settings.rates.entries()) {
      await node.stats()
      const before = cpuSeconds([node.pid, ...settings.pids])
      const isLast = i === settings.rates.length - 1
      const slow = isLast && settings.slowReaderMs ? { slowReaderMs: settings.slowReaderMs } : {}
      const seconds = isLast && settings.slowReaderMs ? settings.slowReaderMs / 1_000 + 2 : settings.seconds
      const result = await load.run({ rate, seconds, ...slow })
      const cpu = cpuSeconds([node.pid, ...settings.pids]) - before
      const { loopP99Ms, slowPeakBytes } = await node.stats()
      rates.push({
        ...result,
        rate: result.sent / result.seconds,
        cpuPerPositionUs: (cpu / result.sent) * 1e6,
        loopP99Ms,
        slowPeakBytes,
      })
      const shown = [result.sent / result.seconds, (cpu / result.sent) * 1e6, loopP99Ms, result.lost].map((n) => Math.round(n))
      console.error(
        `  ${settings.load.wire}: ${shown[0]}/s, ${shown[1]} µs of CPU each, loop p99 ${shown[2]} ms, ${shown[3]} lost`,
      )
    }
    return { rates, openedMs: load.openedMs }
  } finally {
    stopLoad()
    node.stop()
  }
}

/** Bytes that a socket costs which is signed in and says nothing, kernel included, over several node processes. */
export async function idleSockets(
  settings: NodeSettings,
  nodes: number,
  sockets: number,
): Promise<{ sockets: number; kbEach: number }> {
  const started: BenchNode[] = []
  let stopLoad = () => {}
  try {
    for (let i = 0; i < nodes; i++) started.push(await startNode('node-worker.ts', { ...settings, drivers: 1, customers: 0 }))
    const memory = async () => {
      const stats = await Promise.all(started.map((node) => node.stats()))
      return { rss: stats.reduce((sum, { rssBytes }) => sum + rssBytes, 0), open: stats.reduce((sum, s) => sum + s.sockets, 0) }
    }
    const [before, kernelBefore] = [await memory(), kernelSocketBytes()]
    const load = await startLoad({
      ...{ wire: 'doorstep', drivers: sockets, consoles: 0, customers: 0 },
      ports: started.map((node) => node.port),
    })
    stopLoad = load.stop
    const after = await memory()
    // Both ends of every connection are on this machine; a server holds one of them.
    const kernel = (kernelSocketBytes() - kernelBefore) / 2
    const open = after.open - before.open
    return { sockets: open, kbEach: (after.rss - before.rss + Math.max(0, kernel)) / open / 1024 }
  } finally {
    stopLoad()
    for (const node of started) node.stop()
  }
}
