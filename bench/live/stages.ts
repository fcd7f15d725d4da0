import type { BenchSettings } from './bench-settings.ts'
import type { StormResult } from './node-messages.ts'
import { kernelSocketBytes } from './read-proc.ts'
import { type RateResult, type Session, type SessionSettings, say, startSession } from './session.ts'

/** What moving drivers and those who watch them were put through, stage by stage; a stage that was left out is missing. */
export interface MovingResult {
  rates: RateResult[]
  openedMs: number
  consoles?: RateResult
  slow?: { before: RateResult; during: RateResult }
  customers?: RateResult & { followed: number }
  storm?: StormResult & { loopP99Ms: number; loopMaxMs: number; cpuPerSocketUs: number }
}

/** A stage is warmed up so long. */
const WARM_UP_S = 1
/** What is connected while positions are measured: a few who watch, as a zone has. */
const FEW_CONSOLES = 5
const FEW_CUSTOMERS = 400
/** A process may have 20,000 files open here; both ends of a followed order's sockets are in that bound. */
const MOST_FOLLOWED = 9_000

/** Drivers who move, and consoles, slow readers, customers and a storm of reconnects on top, on one node. */
export async function movingStages(settings: BenchSettings): Promise<MovingResult> {
  const { drivers, stages, seconds, rates, nodeSettings, databasePid } = settings
  const session = await startSession({ node: nodeSettings, loads: 2, pids: [databasePid] })
  const [crowd, others] = session.loads as [Session['loads'][0], Session['loads'][0]]
  try {
    const { openedMs } = await crowd.open({ drivers: [0, drivers], consoles: [0, FEW_CONSOLES], slow: true })
    await others.open({ customers: [0, Math.min(FEW_CUSTOMERS, drivers)] })
    await session.run({ rate: rates[0]!, seconds: WARM_UP_S })
    const result: MovingResult = { rates: [], openedMs }
    for (const rate of stages.has('positions') ? rates : []) {
      const held = await session.run({ rate, seconds })
      say('positions', held)
      result.rates.push(held)
    }
    const rate = rates.at(-1)!
    if (stages.has('consoles') || stages.has('slow')) await crowd.open({ consoles: [FEW_CONSOLES, settings.consoles] })
    if (stages.has('consoles') || stages.has('slow')) {
      result.consoles = await session.run({ rate, seconds })
      say(`${settings.consoles} consoles`, result.consoles)
    }
    if (stages.has('slow')) {
      const stop = { slowReaderMs: settings.slowSeconds * 1_000, seconds: settings.slowSeconds + 2 }
      const during = await session.run({ rate, ...stop })
      say('a slow reader among them', during)
      result.slow = { before: result.consoles!, during }
    }
    if (stages.has('customers')) result.customers = await customerStage(session, settings)
    if (stages.has('storm')) result.storm = await stormStage(session, settings)
    return result
  } finally {
    session.stop()
  }
}

/** Every driver has a customer who follows: each position is a delivery of its own. */
async function customerStage(session: Session, settings: BenchSettings): Promise<RateResult & { followed: number }> {
  const [crowd, others] = session.loads as [Session['loads'][0], Session['loads'][0]]
  const followed = Math.min(settings.customers, MOST_FOLLOWED)
  await crowd.close({ consoles: [2, settings.consoles], drivers: [followed, settings.drivers] })
  await others.open({ customers: [Math.min(FEW_CUSTOMERS, settings.drivers), followed] })
  await session.run({ rate: settings.customerRate / 2, seconds: WARM_UP_S })
  const result = await session.run({ rate: settings.customerRate, seconds: settings.seconds })
  say(`${followed} customers`, result)
  return { ...result, followed }
}

/** Everybody drops out, orders change meanwhile, and everybody comes back at the same moment. */
async function stormStage(session: Session, { customers }: BenchSettings) {
  const [node] = session.nodes as [Session['nodes'][0]]
  await node.append(customers, 1)
  await Promise.all(session.loads.map((load) => load.drop()))
  await node.append(customers, 2)
  await node.stats()
  const cpuBefore = session.cpu()
  const results = await Promise.all(session.loads.map((load) => load.comeBack(2)))
  const { loopP99Ms, loopMaxMs } = await node.stats()
  const most = (of: (result: StormResult) => number) => Math.max(...results.map(of))
  const sum = (of: (result: StormResult) => number) => results.reduce((total, result) => total + of(result), 0)
  const sockets = sum((r) => r.sockets)
  const storm = {
    sockets,
    cpuPerSocketUs: ((session.cpu() - cpuBefore) / sockets) * 1e6,
    recoveredMs: most((r) => r.recoveredMs),
    p50Ms: most((r) => r.p50Ms),
    retries: sum((r) => r.retries),
    lost: sum((r) => r.lost),
    ...{ loopP99Ms, loopMaxMs },
  }
  console.error(`  storm: ${JSON.stringify(storm, (_, v) => (typeof v === 'number' ? Math.round(v) : v))}`)
  return storm
}

/** The textbook under growing load, with fewer people, since it can take no more. */
export async function textbookRates(settings: BenchSettings): Promise<RateResult[]> {
  const { nodeSettings, databasePid, redis, seconds } = settings
  const drivers = Math.min(nodeSettings.drivers, 500)
  const node = { ...nodeSettings, drivers, redisUrl: redis.url }
  const file = '../textbook/live-worker.ts' as const
  const session = await startSession({ file, wire: 'textbook', node, pids: [databasePid, redis.pid] })
  try {
    const load = session.loads[0]!
    await load.open({ drivers: [0, drivers], consoles: [0, FEW_CONSOLES], customers: [0, Math.min(drivers, 50)] })
    await session.run({ rate: settings.textbookRates[0]!, seconds: 1 })
    const results: RateResult[] = []
    for (const rate of settings.textbookRates) {
      const held = await session.run({ rate, seconds: Math.min(seconds, 3) })
      say('textbook', held)
      results.push(held)
    }
    return results
  } finally {
    session.stop()
  }
}

/** What idle sockets cost. */
export interface IdleResult {
  sockets: number
  /** Each one on top of those before it, kernel included. */
  kbEach: number
  kernelKbEach: number
  heapKbEach: number
  /** Everything the nodes' processes hold, divided by their sockets. */
  allInKbEach: number
  openedMs: number
}

const SOCKETS_A_LOAD = 15_000
/** Sockets that come and go first, few so that what they leave free is little: what a node allocates once is no cost of a socket. */
const WARM_UP_SOCKETS = 200
const WARM_UP_ROUNDS = 6

/** Bytes that a socket costs which is signed in, follows an order and says nothing, over several node processes. */
export async function idleStage(settings: BenchSettings): Promise<IdleResult> {
  const { idleSockets: wanted, idleNodes, nodeSettings } = settings
  const loads = Math.ceil(wanted / SOCKETS_A_LOAD)
  const node = { ...nodeSettings, drivers: 16, customers: 0 }
  const session = await startSession({ node, nodes: idleNodes, loads, pids: [] })
  try {
    const warmUp = [0, Math.min(wanted, WARM_UP_SOCKETS * idleNodes)] as const
    for (let round = 0; round < WARM_UP_ROUNDS; round++) {
      await session.loads[0]!.open({ idle: warmUp })
      await session.loads[0]!.close({ idle: warmUp })
    }
    const before = await memoryOf(session)
    const beganMs = performance.now()
    await Promise.all(
      session.loads.map((load, i) => load.open({ idle: [i * SOCKETS_A_LOAD, Math.min(wanted, (i + 1) * SOCKETS_A_LOAD)] })),
    )
    const openedMs = performance.now() - beganMs
    const after = await memoryOf(session)
    const sockets = after.sockets - before.sockets
    // Both ends of every connection are on this machine; a server holds one of them.
    const kernel = Math.max(0, (after.kernel - before.kernel) / 2)
    const kb = (bytes: number) => bytes / sockets / 1_024
    return {
      ...{ sockets, openedMs },
      kbEach: kb(after.rss - before.rss + kernel),
      kernelKbEach: kb(kernel),
      heapKbEach: kb(after.heap - before.heap),
      allInKbEach: kb(after.rss + kernel),
    }
  } finally {
    session.stop()
  }
}

async function memoryOf(session: Session) {
  const all = await Promise.all(session.nodes.map((node) => node.memory()))
  const sum = (of: (one: (typeof all)[0]) => number) => all.reduce((total, one) => total + of(one), 0)
  return {
    rss: sum((m) => m.rssBytes),
    heap: sum((m) => m.heapBytes),
    sockets: sum((m) => m.sockets),
    kernel: kernelSocketBytes(),
  }
}

/** One node by itself, and two on Redis, under the same load. */
export interface NodesResult {
  alone: RateResult
  together: RateResult
}

/** What the bus over Redis adds: the same drivers, consoles and customers on one node, and spread over two. */
export async function nodesStage(settings: BenchSettings): Promise<NodesResult> {
  const { databasePid, redis, nodeSettings } = settings
  const alone = { node: nodeSettings, pids: [databasePid] }
  const together = { node: { ...nodeSettings, redisUrl: redis.url }, nodes: 2, pids: [databasePid, redis.pid] }
  return { alone: await oneOfNodes(settings, alone), together: await oneOfNodes(settings, together) }
}

/** Positions of a driver in a second, at most: closer ones are refused. */
const MOST_PER_DRIVER = 4

async function oneOfNodes(settings: BenchSettings, session: SessionSettings): Promise<RateResult> {
  const { nodesRate, seconds } = settings
  const drivers = Math.min(settings.drivers, nodesRate / MOST_PER_DRIVER)
  const started = await startSession(session)
  try {
    const [load] = started.loads as [Session['loads'][0]]
    await load.open({ drivers: [0, drivers], consoles: [0, FEW_CONSOLES + 1], customers: [0, Math.min(FEW_CUSTOMERS, drivers)] })
    await started.run({ rate: nodesRate, seconds: WARM_UP_S })
    const result = await started.run({ rate: nodesRate, seconds })
    say(`${started.nodes.length} ${started.nodes.length > 1 ? 'nodes on Redis' : 'node'}`, result)
    return result
  } finally {
    started.stop()
  }
}
