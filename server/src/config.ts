import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readRedisUrl } from './platform/index.ts'

const flag = z.stringbool()
const count = (min: number, max: number) => z.coerce.number<number>().int().min(min).max(max)
const url = (...protocols: string[]) =>
  z.url({
    protocol: new RegExp(`^(${protocols.join('|')})$`),
    error: `an address that starts with ${protocols.map((p) => `${p}://`).join(' or ')}`,
  })

const redisUrl = z.string().check((ctx) => {
  try {
    readRedisUrl(ctx.value)
  } catch (error) {
    ctx.issues.push({ code: 'custom', message: (error as Error).message, input: ctx.value })
  }
})

/** Every setting, by the name of its environment variable. Each has a line in docs/operations.md. */
export const SETTINGS = {
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: count(0, 65_535).default(8080),
  DATA_FOLDER: z.string().min(1).default('.doorstep'),
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  DATABASE_POOL: count(2, 200).default(10),
  REDIS_URL: redisUrl.optional(),
  ROUTING_URL: url('http', 'https').optional(),
  ROUTING_ENGINE: z.enum(['valhalla', 'osrm']).default('valhalla'),
  CITY: z.string().min(1).optional(),
  DEMO: flag.optional(),
  SIMULATION: z.union([flag, z.literal('elsewhere')]).optional(),
  SIMULATED_DRIVERS: count(0, 5_000).default(80),
  SIMULATED_ORDERS_PER_HOUR: count(0, 20_000).default(150),
  SPEED: z.coerce.number<number>().min(1).max(60).default(1),
  BREADCRUMB_DAYS: count(1, 3_650).default(30),
  DECISION_DAYS: count(1, 3_650).default(7),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  TRUSTED_PROXIES: count(0, 10).default(0),
  SECURE_COOKIES: flag.optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  MAX_BODY_BYTES: count(1_024, 10_000_000).default(262_144),
  REQUESTS_PER_MINUTE: count(1, 1_000_000).default(1_200),
  ANONYMOUS_REQUESTS_PER_MINUTE: count(1, 1_000_000).default(600),
  LOGINS_PER_ACCOUNT: count(1, 10_000).default(10),
  LOGINS_PER_ADDRESS: count(1, 1_000_000).default(100),
  REGISTRATIONS_PER_ADDRESS: count(1, 1_000_000).default(20),
} as const

/** Command line flags, each with the setting it stands for; a flag wins over the environment. */
export const FLAGS = {
  host: { setting: 'HOST', type: 'string' },
  port: { setting: 'PORT', type: 'string' },
  city: { setting: 'CITY', type: 'string' },
  speed: { setting: 'SPEED', type: 'string' },
  demo: { setting: 'DEMO', type: 'boolean' },
  simulation: { setting: 'SIMULATION', type: 'boolean' },
} as const satisfies Record<string, { setting: keyof typeof SETTINGS; type: 'string' | 'boolean' }>

const settings = z.object(SETTINGS)
type Settings = z.output<typeof settings>

/** What the server runs with, checked before anything starts. */
export interface Config extends Omit<Settings, 'DEMO' | 'SIMULATION' | 'SECURE_COOKIES'> {
  /** Demo accounts exist: by default on loopback without a database of one's own. */
  DEMO: boolean
  /** Simulated people use the API: by default in demo mode. `elsewhere`: another process runs them. */
  SIMULATION: boolean | 'elsewhere'
  /** Cookies only over HTTPS: by default beyond loopback. */
  SECURE_COOKIES: boolean
}

/** The settings do not make sense; the message says each reason in a line. */
export class ConfigError extends Error {
  constructor(reasons: readonly string[]) {
    super(`The settings cannot be used:\n${reasons.map((reason) => `  ${reason}`).join('\n')}\nSee docs/operations.md.`)
    this.name = 'ConfigError'
  }
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/

function readFlags(args: readonly string[]): Record<string, string> {
  const options = Object.fromEntries(Object.entries(FLAGS).map(([name, { type }]) => [name, { type }]))
  let values: Record<string, unknown>
  try {
    values = parseArgs({ args: [...args], options, allowNegative: true, strict: true }).values
  } catch (error) {
    throw new ConfigError([(error as Error).message])
  }
  const given = Object.entries(FLAGS).filter(([name]) => values[name] !== undefined)
  return Object.fromEntries(given.map(([name, { setting }]) => [setting, String(values[name])]))
}

/** Reads the settings from the environment and the command line (`--city`, `--speed`, `--no-simulation` …), or throws `ConfigError`. */
export function readConfig(
  env: Record<string, string | undefined> = process.env,
  args: readonly string[] = process.argv.slice(2),
): Config {
  const named = Object.keys(SETTINGS).map((name) => [name, env[name]] as const)
  const given = Object.fromEntries(named.filter(([, value]) => value !== undefined && value.trim() !== ''))
  const parsed = settings.safeParse({ ...given, ...readFlags(args) })
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  const { DEMO, SIMULATION, SECURE_COOKIES, ...rest } = parsed.data
  const isLoopback = LOOPBACK.test(rest.HOST)
  const isDemo = DEMO ?? (isLoopback && rest.DATABASE_URL === undefined)
  const simulates = SIMULATION ?? isDemo
  const reasons: string[] = []
  if (isDemo && !isLoopback) reasons.push(`DEMO: demo accounts need no password, so HOST must be loopback and not ${rest.HOST}`)
  if (simulates && !isDemo) reasons.push('SIMULATION: simulated people are demo accounts, so DEMO must be on')
  if (rest.SPEED !== 1 && !isDemo) reasons.push('SPEED: only a demo may run faster than the wall clock')
  if (reasons.length > 0) throw new ConfigError(reasons)
  // A file is named from where the command was typed, which npm keeps in INIT_CWD.
  const city = rest.CITY?.toLowerCase().endsWith('.pbf') ? resolve(env['INIT_CWD'] ?? process.cwd(), rest.CITY) : rest.CITY
  return { ...rest, CITY: city, DEMO: isDemo, SIMULATION: simulates, SECURE_COOKIES: SECURE_COOKIES ?? !isLoopback }
}
