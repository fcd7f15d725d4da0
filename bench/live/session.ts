import type { LoadResult, LoadSettings, LoadStage, NodeSettings } from './node-messages.ts'
import { type BenchLoad, type BenchNode, startLoad, startNode } from './processes.ts'
import { cpuSeconds } from './read-proc.ts'

/** A stretch of load and what it cost. */
export interface RateResult extends LoadResult {
  rate: number
  /** CPU of the nodes and what they write to, per position sent. */
  cpuPerPositionUs: number
  loopP99Ms: number
  loopMaxMs: number
  slowPeakBytes: number
}

/** Nodes under test with the processes that load them. */
export interface Session {
  nodes: BenchNode[]
  loads: BenchLoad[]
  /** Runs a stretch of load, its positions shared out among the loads by `shares`. */
  run(stage: LoadStage, shares?: readonly number[]): Promise<RateResult>
  /** CPU seconds of the nodes and what they write to, so far. */
  cpu(): number
  stop(): void
}

/** What a session is started with. */
export interface SessionSettings {
  file?: 'node-worker.ts' | '../textbook/live-worker.ts'
  wire?: LoadSettings['wire']
  node: NodeSettings
  nodes?: number
  loads?: number
  /** Processes beside the nodes whose CPU counts: the database, Redis. */
  pids: readonly number[]
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Starts nodes and loads; nobody is connected yet. */
export async function startSession(settings: SessionSettings): Promise<Session> {
  const { file = 'node-worker.ts', wire = 'doorstep', pids } = settings
  const nodes: BenchNode[] = []
  const loads: BenchLoad[] = []
  for (let i = 0; i < (settings.nodes ?? 1); i++) nodes.push(await startNode(file, settings.node))
  const ports = nodes.map(({ port }) => port)
  for (let i = 0; i < (settings.loads ?? 1); i++) loads.push(await startLoad({ wire, ports, firstDriver: 0 }))
  const cpu = () => cpuSeconds([...nodes.map(({ pid }) => pid), ...pids])
  return {
    nodes,
    loads,
    cpu,
    async run(stage, shares = [1]) {
      await Promise.all(nodes.map((node) => node.stats()))
      const cpuBefore = cpu()
      const running = Promise.all(loads.map((load, i) => load.run({ ...stage, rate: stage.rate * (shares[i] ?? 0) })))
      // The loop is looked at before the load waits for quiet, which would make it look better than it was.
      await after(stage.seconds * 1_000)
      const stats = await Promise.all(nodes.map((node) => node.stats()))
      const result = merged(await running)
      const cpuUsed = cpu() - cpuBefore
      return {
        ...result,
        rate: result.sent / result.seconds,
        cpuPerPositionUs: (cpuUsed / result.sent) * 1e6,
        loopP99Ms: Math.max(...stats.map((one) => one.loopP99Ms)),
        loopMaxMs: Math.max(...stats.map((one) => one.loopMaxMs)),
        slowPeakBytes: Math.max(...stats.map((one) => one.slowPeakBytes)),
      }
    },
    stop() {
      for (const load of loads) load.stop()
      for (const node of nodes) node.stop()
    },
  }
}

/** Results of several loads as one: counts together, the worst of what each saw. */
function merged(results: readonly LoadResult[]): LoadResult {
  const sum = (of: (result: LoadResult) => number) => results.reduce((total, result) => total + of(result), 0)
  const worst = (of: (result: LoadResult) => number) => {
    const known = results.map(of).filter((value) => !Number.isNaN(value))
    return known.length > 0 ? Math.max(...known) : Number.NaN
  }
  return {
    sent: sum((r) => r.sent),
    seconds: worst((r) => r.seconds),
    consoleP50Ms: worst((r) => r.consoleP50Ms),
    consoleP99Ms: worst((r) => r.consoleP99Ms),
    consoleCount: sum((r) => r.consoleCount),
    customerP50Ms: worst((r) => r.customerP50Ms),
    customerP99Ms: worst((r) => r.customerP99Ms),
    customerCount: sum((r) => r.customerCount),
    lost: sum((r) => r.lost),
    slowRecoveryMs: worst((r) => r.slowRecoveryMs),
  }
}

/** Says on standard error how a stretch went. */
export function say(name: string, { rate, cpuPerPositionUs, loopP99Ms, loopMaxMs, lost, ...ages }: RateResult): void {
  const [r, cpu, p99, max] = [rate, cpuPerPositionUs, loopP99Ms, loopMaxMs].map(Math.round)
  console.error(
    `  ${name}: ${r}/s, ${cpu} µs of CPU each, loop p99 ${p99} ms (longest ${max}), ${lost} lost; ` +
      `age at consoles p50 ${ages.consoleP50Ms} p99 ${ages.consoleP99Ms} ms, at customers p50 ${ages.customerP50Ms} p99 ${ages.customerP99Ms} ms`,
  )
}
