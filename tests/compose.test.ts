import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readConfig, SETTINGS } from '../server/src/config.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

interface Service {
  image?: string
  build?: { context: string; dockerfile: string }
  environment?: Record<string, string>
  ports?: string[]
  volumes?: string[]
  networks: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[] }
  secrets?: string[]
  stop_grace_period?: string
}
interface Compose {
  services: Record<string, Service>
  volumes: Record<string, unknown>
  networks: Record<string, { internal?: boolean }>
  secrets: Record<string, { environment: string }>
}

const text = read('docker-compose.yml')
const compose = parse(text, { merge: true }) as Compose
const services = Object.entries(compose.services)
const nodes = services.filter(([, { build }]) => build !== undefined)

const SECRETS: Record<string, string> = {
  POSTGRES_PASSWORD: 'a1b2c3d4e5f6',
  VALKEY_PASSWORD: 'f6e5d4c3b2a1',
  METRICS_TOKEN: '0123456789abcdef0123',
  GRAFANA_PASSWORD: 'abcdef',
}

/** What compose makes of `${NAME:?why}`, `${NAME:-default}` and `$$`. */
function substitute(value: string, env: Record<string, string>): string {
  return value.replaceAll(/\$\$|\$\{(\w+)(?::([?-])([^}]*))?\}/g, (whole, name: string, kind?: string, rest?: string) => {
    if (whole === '$$') return '$'
    const given = env[name]
    if (given) return given
    if (kind === '-') return rest ?? ''
    throw new Error(`${name} is needed: ${rest}`)
  })
}

function environmentOf(service: Service, env: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(service.environment ?? {}).map(([name, value]) => [name, substitute(value, env)]))
}

describe('docker-compose.yml', () => {
  it('runs PostgreSQL 18, Valkey, two nodes, a proxy, Prometheus and Grafana', () => {
    const images = services.map(([, { image }]) => image ?? '').join(' ')
    expect(images).toMatch(/\bpostgres:18\./)
    for (const name of ['valkey/valkey:', 'caddy:', 'prom/prometheus:', 'grafana/grafana:']) expect(images).toContain(name)
    expect(nodes).toHaveLength(2)
  })

  it('gives the nodes settings that exist and that the server starts with', () => {
    for (const [name, node] of nodes) {
      const env = environmentOf(node, SECRETS)
      expect(Object.keys(SETTINGS), name).toEqual(expect.arrayContaining(Object.keys(env)))
      const config = readConfig(env, [])
      expect(config).toMatchObject({ DEMO: false, SIMULATION: false, HOST: '0.0.0.0', TRUSTED_PROXIES: 1, SECURE_COOKIES: true })
      expect(new URL(config.DATABASE_URL!).hostname).toBe('postgres')
      expect(new URL(config.DATABASE_URL!).password).toBe(SECRETS['POSTGRES_PASSWORD'])
      expect(new URL(config.REDIS_URL!).hostname).toBe('valkey')
      expect(node.volumes?.some((volume) => volume.endsWith(`:${config.DATA_FOLDER}`))).toBe(true)
      expect(node.healthcheck?.test.join(' ')).toContain(`:${config.PORT}/readyz`)
    }
  })

  it('keeps a data folder to each node, since one server at a time may use it', () => {
    const folders = nodes.map(([, { volumes }]) => volumes?.find((volume) => volume.endsWith(':/data')))
    expect(new Set(folders).size).toBe(nodes.length)
  })

  it('gives a node the time it may take to end', () => {
    for (const [, { stop_grace_period: grace }] of nodes) expect(Number.parseInt(grace ?? '', 10)).toBeGreaterThan(20)
  })

  it('holds no secret and starts without none', () => {
    for (const name of Object.keys(SECRETS)) expect(text).toMatch(new RegExp(`\\$\\{${name}:\\?`))
    const { VALKEY_PASSWORD: _, ...incomplete } = SECRETS
    expect(() => nodes.map(([, node]) => environmentOf(node, incomplete))).toThrow('VALKEY_PASSWORD is needed')
    for (const [name, service] of services)
      for (const [key, value] of Object.entries(service.environment ?? {}))
        if (/PASSWORD|TOKEN|SECRET|_URL$/.test(key)) expect(value, `${name} ${key}`).toMatch(/\$\{\w+:\?/)
    expect(compose.secrets['metrics_token']?.environment).toBe('METRICS_TOKEN')
  })

  it('pins every image to a version', () => {
    const built = read('docker/Dockerfile').match(/(?<=^FROM )\S+:\S+/gm) ?? []
    expect(built).toHaveLength(1)
    for (const image of [...services.map(([, service]) => service.image ?? ''), ...built])
      expect(image).toMatch(/:v?\d+\.\d+(\.\d+)?[\w.-]*$/)
  })

  it('publishes nothing beyond this machine', () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []).map((port) => substitute(port, SECRETS))
    expect(ports.length).toBeGreaterThan(0)
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/)
    for (const name of ['postgres', 'valkey']) {
      expect(compose.services[name]).not.toHaveProperty('ports')
      expect(compose.services[name]!.networks).toEqual(['data'])
    }
    expect(compose.networks['data']).toEqual({ internal: true })
  })

  it('starts each service when what it needs is healthy', () => {
    for (const [name, service] of services) {
      const check: unknown[] = service.healthcheck?.test ?? []
      expect(check.length, name).toBeGreaterThan(1)
      expect(check.every((word) => typeof word === 'string')).toBe(true)
      expect(check[0], name).toMatch(/^CMD(-SHELL)?$/)
      for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect(compose.services, `${name} needs ${needed}`).toHaveProperty(needed)
        expect(condition).toBe('service_healthy')
      }
    }
    for (const [, node] of nodes) expect(Object.keys(node.depends_on ?? {})).toEqual(['postgres', 'valkey'])
    expect(Object.keys(compose.services['proxy']!.depends_on!)).toEqual(nodes.map(([name]) => name))
  })

  it('mounts files that exist and volumes that are declared', () => {
    for (const [name, service] of services) {
      for (const volume of service.volumes ?? []) {
        const [source = ''] = volume.split(':')
        if (source.startsWith('./')) expect(existsSync(join(root, source)), `${name} mounts ${source}`).toBe(true)
        else expect(compose.volumes, name).toHaveProperty(source)
      }
    }
    for (const [, { build }] of nodes) expect(existsSync(join(root, build!.dockerfile))).toBe(true)
  })
})

describe('the image of a node', () => {
  it('mends packages before it runs, as every start does elsewhere', () => {
    const image = read('docker/Dockerfile')
    expect(image.indexOf('COPY scripts/patch-packages.mjs scripts/')).toBeLessThan(image.indexOf('RUN npm ci'))
    expect(image).toMatch(/npm ci --omit=dev[^&]*&& node scripts\/patch-packages\.mjs/)
  })
})

describe('what stands around the nodes', () => {
  const caddy = read('docker/Caddyfile')
  const addresses = nodes.map(([name, node]) => `${name}:${node.environment?.['PORT']}`)

  it('spreads clients over every node, binds none to one, and keeps the figures inside', () => {
    expect(caddy).toContain(`reverse_proxy ${addresses.join(' ')} {`)
    expect(caddy.match(/lb_policy (\w+)/)?.[1]).toBe('least_conn')
    expect(caddy).toMatch(/@inner path \/metrics \/readyz\n\s*respond @inner 404/)
  })

  it('reads every node’s figures with the token that the nodes ask for', () => {
    const { scrape_configs: jobs } = parse(read('docker/prometheus.yml')) as {
      scrape_configs: { static_configs: { targets: string[] }[]; authorization: { credentials_file: string } }[]
    }
    expect(jobs.flatMap((job) => job.static_configs.flatMap(({ targets }) => targets))).toEqual(addresses)
    const secret = jobs[0]!.authorization.credentials_file.replace('/run/secrets/', '')
    expect(compose.services['prometheus']!.secrets).toEqual([secret])
  })

  it('draws figures that the server really counts, by labels that they really have', () => {
    const sources = globSync('server/src/**/*.ts', { cwd: root, exclude: (path) => path.endsWith('.test.ts') }).map(read)
    const counted = new Map<string, string>()
    for (const source of sources)
      for (const [, name = '', labels = ''] of source.matchAll(
        /\.(?:counter|gauge|histogram)\(\s*'(doorstep_\w+)',\s*'[^']*'(?:,\s*\[([^\]]*)\])?/g,
      ))
        counted.set(name, labels)
    expect(counted.size).toBeGreaterThan(5)
    const { panels } = JSON.parse(read('docker/grafana/dashboards/doorstep.json')) as {
      panels: { targets?: { expr: string }[] }[]
    }
    const drawn = panels.flatMap(({ targets }) => targets ?? []).map(({ expr }) => expr)
    const used = new Set<string>()
    for (const expr of drawn) {
      for (const [found] of expr.matchAll(/doorstep_\w+/g)) {
        const name = found.replace(/_(bucket|count|sum)$/, '')
        used.add(name)
        expect(counted.has(name), `${name} in ${expr}`).toBe(true)
        for (const [, by = ''] of expr.matchAll(/by \(([^)]*)\)/g))
          for (const label of by.split(',').map((each) => each.trim()))
            if (!['le', 'instance', 'class'].includes(label))
              expect(counted.get(name), `${label} of ${name}`).toContain(`'${label}'`)
      }
    }
    expect(used.size).toBeGreaterThan(5)
  })
})
