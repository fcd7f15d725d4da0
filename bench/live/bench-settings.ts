import type { BenchRedis } from '../redis-server.ts'
import type { NodeSettings } from './node-messages.ts'

/** Everything `bench:live` can measure. */
export const STAGES = ['positions', 'consoles', 'slow', 'customers', 'storm', 'idle', 'routing', 'nodes'] as const
export type Stage = (typeof STAGES)[number]

/** Options of `bench:live`; those of `--full` are the sizes that the goals are stated for. */
export const DEFAULTS = {
  drivers: '4000',
  consoles: '100',
  customers: '4000',
  rates: '8000,16000',
  'customer-rate': '12000',
  'nodes-rate': '8000',
  seconds: '2',
  'slow-seconds': '3',
  'idle-sockets': '5000',
  'idle-nodes': '2',
  'textbook-rates': '300,600',
  stages: STAGES.join(','),
} as const
export const FULL: Partial<Record<keyof typeof DEFAULTS, string>> = {
  drivers: '15000',
  customers: '9000',
  rates: '16000,33000',
  'customer-rate': '30000',
  'nodes-rate': '16000',
  seconds: '8',
  'slow-seconds': '10',
  'idle-sockets': '100000',
  'idle-nodes': '7',
}

/** What the stages are run with. */
export interface BenchSettings {
  stages: ReadonlySet<Stage>
  drivers: number
  consoles: number
  customers: number
  rates: number[]
  customerRate: number
  nodesRate: number
  seconds: number
  slowSeconds: number
  idleSockets: number
  idleNodes: number
  textbookRates: number[]
  nodeSettings: NodeSettings
  databasePid: number
  redis: BenchRedis
}

/** Reads the options given, over those of `--full` where asked, over the defaults. */
export function readSettings(
  given: Partial<Record<keyof typeof DEFAULTS, string>> & { full?: boolean },
  started: { databaseUrl: string; databasePid: number; redis: BenchRedis },
): BenchSettings {
  const options = { ...DEFAULTS, ...(given.full ? FULL : {}), ...given } as Record<keyof typeof DEFAULTS, string>
  const numbers = (list: string) => list.split(',').map(Number)
  const drivers = Number(options.drivers)
  const customers = Math.min(drivers, Number(options.customers))
  return {
    ...{ drivers, customers },
    stages: new Set(options.stages.split(',').filter((name): name is Stage => STAGES.includes(name as Stage))),
    consoles: Number(options.consoles),
    rates: numbers(options.rates),
    customerRate: Number(options['customer-rate']),
    nodesRate: Number(options['nodes-rate']),
    seconds: Number(options.seconds),
    slowSeconds: Number(options['slow-seconds']),
    idleSockets: Number(options['idle-sockets']),
    idleNodes: Number(options['idle-nodes']),
    textbookRates: numbers(options['textbook-rates']),
    nodeSettings: { drivers, customers: drivers, databaseUrl: started.databaseUrl },
    databasePid: started.databasePid,
    redis: started.redis,
  }
}
