import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { explainStartError } from '../server/src/app/explain-start.ts'
import { ClusterError } from './cluster/cluster-error.ts'
import { readClusterFlags } from './cluster/options.ts'
import { restartLost } from './cluster/restart-lost.ts'
import { type Cluster, startCluster } from './cluster/start-cluster.ts'
import { findOrInstallRedis } from './find-redis.ts'
import { runCommand } from './run-command.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const say = (line: string) => console.log(line)

try {
  await main()
} catch (error) {
  const reason = error instanceof ClusterError ? error.message : explainStartError(error)
  if (reason === null) throw error
  console.error(reason)
  process.exit(2)
}

async function main(): Promise<void> {
  const { data, ...flags } = readClusterFlags(process.argv.slice(2), root)
  const redisProgram = findOrInstallRedis(say)
  if (!redisProgram) {
    throw new ClusterError(
      'Several nodes need Redis or Valkey, and neither redis-server nor valkey-server is in the PATH.\n' +
        'Install one: sudo apt-get install redis-server, or brew install valkey.',
    )
  }
  const startedMs = performance.now()
  let cluster: Cluster | undefined
  let unwatch = () => {}
  let isEnding = false
  const starting = startCluster({ ...flags, dataFolder: data, redisProgram, say })
  const end = async () => {
    if (isEnding) process.exit(1)
    isEnding = true
    unwatch()
    cluster ??= await starting.catch(() => undefined)
    await cluster?.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end())
  const [built, started] = await Promise.all([
    runCommand(process.execPath, [join(root, 'scripts/build-web.ts')], { output: 'show', cwd: root }),
    starting,
  ])
  if (built.code !== 0) console.error('The web views could not be built.')
  cluster = started
  if (isEnding) return
  unwatch = restartLost(cluster, say)
  printLinks(cluster, (performance.now() - startedMs) / 1000)
}

function printLinks({ url, pack, nodes, redis, postgres, logFolder }: Cluster, seconds: number): void {
  const seat = (role: string) => `${url}/demo/${role}`
  const line = (name: string, address: string, pid: number) => `  ${name.padEnd(11)} ${address.padEnd(24)} kill -9 ${pid}`
  say(
    [
      '',
      `Doorstep, ${pack.manifest.title}, on ${nodes.length} nodes (ready in ${seconds.toFixed(1)} s)`,
      '',
      `  Dispatcher  ${seat('dispatcher')}`,
      `  Customer    ${seat('customer')}`,
      `  Driver      ${seat('driver')}`,
      `  Merchant    ${seat('merchant')}`,
      `  API         ${url}/docs`,
      '',
      'Behind the proxy; kill any of them and watch. It comes back after 5 s.',
      ...nodes.map((node) => line(node.name, node.url, node.pid())),
      line('Redis', redis.url, redis.pid()),
      line('PostgreSQL', `port ${new URL(postgres.url).port}`, postgres.pid()),
      `  What they say is in ${logFolder}`,
      '',
      'Ctrl+C stops everything.',
      '',
    ].join('\n'),
  )
}
