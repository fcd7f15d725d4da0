import type { Database } from '../../server/src/platform/index.ts'
import { systemClock } from '../../server/src/platform/index.ts'
import type { EventNodeSettings } from './event-messages.ts'
import { type EventNode, startEventNode } from './event-nodes.ts'
import { createLedger, type Ledger, type Verdict } from './ledger.ts'
import { makeTown, type Town } from './town.ts'
import { wallMs } from './wall-clock.ts'
import { watchOrders } from './watch-orders.ts'
import { watchTextbook } from './watch-textbook.ts'

/** How many there are of what. */
export interface Sizes {
  orders: number
  customers: number
  watchedEach: number
}

/** Where a stage finds its database and bus. */
export interface StageDeps {
  db: Database
  databaseUrl: string
  sizes: Sizes
}

/** What came of a stretch at a rate. */
export interface Held extends Verdict {
  perSecond: number
  loopP99Ms: number
  cpuUsPerChange: number
}

/** What still is on its way arrives within this time, or is lost. */
const PATIENCE_MS = 10_000

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits until every watcher has what the database has, or patience ends; answers the orders' versions. */
async function untilQuiet(town: Town, ledger: Ledger, before: readonly number[]): Promise<number[]> {
  const now = await town.versions()
  const untilMs = performance.now() + PATIENCE_MS
  while (ledger.missing(before, now) > 0 && performance.now() < untilMs) await sleep(50)
  return now
}

function settingsOf(town: Town, databaseUrl: string, redisUrl?: string): EventNodeSettings {
  const { zoneId, actorId, orderIds } = town
  return { databaseUrl, zoneId, actorId, orderIds, ...(redisUrl === undefined ? {} : { redisUrl }) }
}

const startNode = (file: Parameters<typeof startEventNode>[0], settings: EventNodeSettings, ledger: Ledger) =>
  startEventNode(file, settings, ({ orders, versions, atMs }) => {
    for (let i = 0; i < orders.length; i++) ledger.committed(orders[i]!, versions[i]!, atMs[i]!)
  })

/** One node, ours or the textbook's, at a rate for some seconds after a second of warming up. */
export async function holdRate(deps: StageDeps, who: 'ours' | 'textbook', perSecond: number, seconds: number): Promise<Held> {
  const town = await makeTown({ db: deps.db, clock: systemClock() }, { ...deps.sizes, name: who })
  const warmUp = createLedger()
  let ledger = warmUp
  const file = who === 'ours' ? 'node-worker.ts' : '../textbook/events-worker.ts'
  const current: Ledger = { ...warmUp, committed: (...change) => ledger.committed(...change) }
  const node = await startNode(file, settingsOf(town, deps.databaseUrl), current)
  try {
    await stretch(town, node, warmUp, who, perSecond, 1)
    ledger = createLedger()
    return await stretch(town, node, ledger, who, perSecond, seconds)
  } finally {
    await node.kill()
  }
}

async function stretch(
  town: Town,
  node: EventNode,
  ledger: Ledger,
  who: 'ours' | 'textbook',
  perSecond: number,
  seconds: number,
): Promise<Held> {
  const watch = who === 'ours' ? watchOrders : watchTextbook
  const watchers = await watch({ town, ledger, consoles: 1, customers: true, port: () => node.port })
  const before = await town.versions()
  const { cpuUs: cpuBefore } = await node.stopChanging()
  const startMs = performance.now()
  node.change(perSecond)
  await sleep(seconds * 1_000)
  const { loopP99Ms, cpuUs } = await node.stopChanging()
  const tookMs = performance.now() - startMs
  const now = await untilQuiet(town, ledger, before)
  watchers.close()
  const commits = ledger.commits()
  const cpuUsPerChange = (cpuUs - cpuBefore) / commits
  return { ...ledger.verdict(before, now), perSecond: (commits / tookMs) * 1_000, loopP99Ms, cpuUsPerChange }
}

/** What came of killing the node that made the changes; latencies are of the time before. */
export interface Killed extends Verdict {
  /** From the kill until a console of the other node had everything the killed one had committed. */
  takeoverMs: number
  /** The same for those who had been connected to the killed node and came back to the other. */
  reconnectMs: number
}

/**
 * Two nodes over Redis. One makes all changes and is killed with transactions open; the other has made none, so it learns
 * of the rest of them by its own reading. Then it goes on with the changes.
 */
export async function killNode(deps: StageDeps, redisUrl: string, perSecond: number, seconds: number): Promise<Killed> {
  const town = await makeTown({ db: deps.db, clock: systemClock() }, { ...deps.sizes, name: 'killed' })
  const ledger = createLedger()
  const settings = settingsOf(town, deps.databaseUrl, redisUrl)
  const [first, second] = [
    await startNode('node-worker.ts', settings, ledger),
    await startNode('node-worker.ts', settings, ledger),
  ]
  try {
    let isFirstAlive = true
    const port = () => (isFirstAlive ? first.port : second.port)
    const atSecond = await watchOrders({ town, ledger, consoles: 1, customers: false, port: () => second.port })
    const atFirst = await watchOrders({ town, ledger, consoles: 1, customers: true, port })
    const before = await town.versions()
    first.change(perSecond)
    await sleep(seconds * 1_000)
    isFirstAlive = false
    const killedMs = wallMs()
    await first.kill()
    await sleep(300)
    await untilQuiet(town, ledger, before)
    const since = (receipts: readonly { lastMs: number }[]) => Math.max(0, ...receipts.map(({ lastMs }) => lastMs - killedMs))
    const [takeoverMs, reconnectMs] = [since(atSecond.receipts), since(atFirst.receipts)]
    second.change(perSecond)
    await sleep(1_000)
    await second.stopChanging()
    const now = await untilQuiet(town, ledger, before)
    for (const watchers of [atFirst, atSecond]) watchers.close()
    return { ...ledger.verdict(before, now, killedMs), takeoverMs, reconnectMs }
  } finally {
    await Promise.all([first.kill(), second.kill()])
  }
}
