import { setTimeout as wait } from 'node:timers/promises'
import type { Rng } from '../../shared/src/domain/index.ts'
import type { RunningNode } from '../cluster/run-node.ts'
import type { Cluster } from '../cluster/start-cluster.ts'

/** What can happen to a part. */
const KINDS = [
  'node_kill',
  'node_term',
  'node_freeze',
  'redis_kill',
  'redis_wipe',
  'redis_freeze',
  'postgres_kill',
  'postgres_fast',
] as const
export type Kind = (typeof KINDS)[number]

/** One thing to do to the cluster. */
export interface Disturbance {
  kind: Kind
  /** Which node, where it is one. */
  node: number
  /** How long the part is away, in ms. */
  downMs: number
}

/** Chooses what to do to a part, by chance. */
export function chooseDisturbance(rng: Rng, part: string): Disturbance {
  const own = KINDS.filter((kind) => part.startsWith(kind.split('_')[0]!))
  const kind = own[Math.floor(rng() * own.length)]!
  return { kind, node: part.startsWith('node') ? Number(part.slice(5)) : 0, downMs: 500 + Math.round(rng() * 3_500) }
}

/** Does it: the part is taken away, and brought back after a while; resolves when it is back. */
export async function disturb({ nodes, redis, postgres }: Cluster, { kind, node, downMs }: Disturbance): Promise<void> {
  const victim = nodes[node % nodes.length]!
  switch (kind) {
    case 'node_kill':
    case 'node_term':
      await victim.end(kind === 'node_kill' ? 'SIGKILL' : 'SIGTERM')
      await wait(downMs)
      return startNode(victim)
    case 'node_freeze':
      return freeze(victim.pid(), downMs)
    case 'redis_freeze':
      return freeze(redis.pid(), downMs)
    case 'redis_kill':
    case 'redis_wipe':
      signal(redis.pid(), 'SIGKILL')
      await wait(downMs)
      return redis.start({ empty: kind === 'redis_wipe' })
    case 'postgres_kill':
    case 'postgres_fast':
      signal(postgres.pid(), kind === 'postgres_kill' ? 'SIGKILL' : 'SIGINT')
      await wait(downMs)
      return startPostgres(postgres)
  }
}

/** As a container that is restarted: a node that cannot start, since something else is away, is started again. */
export async function startNode(node: RunningNode): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await node.start()
    } catch (error) {
      if (tries >= 20) throw error
      await wait(1_000)
    }
  }
}

async function freeze(pid: number, ms: number): Promise<void> {
  signal(pid, 'SIGSTOP')
  await wait(ms)
  signal(pid, 'SIGCONT')
}

/** What has ended by itself in this moment is found by the checks. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** A fast stop may take longer than it was to be away. */
async function startPostgres(postgres: Cluster['postgres']): Promise<void> {
  while (postgres.isRunning()) await wait(50)
  await postgres.restart()
}
