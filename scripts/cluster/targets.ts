import { request } from 'node:http'

/** A node as the proxy sees it. */
export interface Target {
  readonly name: string
  readonly port: number
  state: TargetState
  /** Ends what runs through it: called when the node is gone. */
  readonly open: Set<() => void>
}

/** `ready` takes clients; `unready` answers but says itself that it should get none; `gone` does not answer. */
export type TargetState = 'ready' | 'unready' | 'gone'

/** The nodes behind the proxy and how they do. */
export interface Targets {
  /** Every node, those that are ready first, by turns. */
  inTurn(): Target[]
  /** A connection to the node was refused. */
  refused(target: Target): void
  readonly all: readonly Target[]
  stop(): void
}

const CHECK_EVERY_MS = 500
const CHECK_WITHIN_MS = 1_500
/** So many checks in a row without an answer make a node count as gone. */
const MISSES = 2
const RANK: Record<TargetState, number> = { ready: 0, unready: 1, gone: 2 }

/** Asks each node for `/readyz` twice a second. */
export function watchTargets(nodes: readonly { name: string; port: number }[]): Targets {
  const all = nodes.map((node): Target => ({ ...node, state: 'gone', open: new Set() }))
  const misses = new Map<Target, number>()
  let turn = 0
  let isStopped = false

  const become = (target: Target, state: TargetState) => {
    target.state = state
    if (state !== 'gone') return
    for (const end of [...target.open]) end()
    target.open.clear()
  }
  const check = async (target: Target) => {
    const status = await statusOf(target.port)
    const missed = status === null ? (misses.get(target) ?? 0) + 1 : 0
    misses.set(target, missed)
    if (status !== null) become(target, status === 200 ? 'ready' : 'unready')
    else if (missed >= MISSES && target.state !== 'gone') become(target, 'gone')
  }
  const watch = async (target: Target) => {
    await check(target)
    if (!isStopped) setTimeout(() => void watch(target), CHECK_EVERY_MS).unref()
  }
  for (const target of all) void watch(target)

  return {
    all,
    inTurn() {
      turn = (turn + 1) % all.length
      const turned = [...all.slice(turn), ...all.slice(0, turn)]
      return turned.sort((a, b) => RANK[a.state] - RANK[b.state])
    },
    refused: (target) => become(target, 'gone'),
    stop() {
      isStopped = true
    },
  }
}

/** The status of a node's `/readyz`; null where nobody answers in time. */
export function statusOf(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path: '/readyz', agent: false, timeout: CHECK_WITHIN_MS }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? null)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(null))
    asked.on('close', () => resolve(null))
    asked.end()
  })
}
