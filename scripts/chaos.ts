import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { prepareFolder } from './chaos/prepare-folder.ts'
import { type ChaosReport, runChaos } from './chaos/run-chaos.ts'
import { findOrInstallRedis } from './find-redis.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    nodes: { type: 'string', default: '2' },
    speed: { type: 'string', default: '20' },
    drivers: { type: 'string', default: '40' },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
})

const redisProgram = findOrInstallRedis(console.error)
if (!redisProgram) {
  console.error('The chaos run needs redis-server or valkey-server in the PATH.')
  process.exit(2)
}
const dataFolder = mkdtempSync(join(tmpdir(), 'doorstep-chaos-'))
// Started by root, PostgreSQL is another user who has to pass through, or its data goes where nobody clears it away.
chmodSync(dataFolder, 0o711)
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))
console.error(`Chaos with seed ${values.seed} for ${values.minutes} minutes`)
await prepareFolder(join(root, '.doorstep'), dataFolder)
const report = await runChaos({
  seed: Number(values.seed),
  minutes: Number(values.minutes),
  nodes: Number(values.nodes),
  speed: Number(values.speed),
  drivers: Number(values.drivers),
  orderEveryMs: 1_200,
  dataFolder,
  redisProgram,
  say: (line) => console.error(line),
})
print(report)
if (values.json) console.log(JSON.stringify(toBench(report)))
const isBroken = report.invariants.some(({ broken }) => broken.length > 0)
if (!isBroken && !values.keep) rmSync(dataFolder, { recursive: true, force: true })
else console.error(`Logs and database are kept in ${dataFolder}`)
process.exit(isBroken ? 1 : 0)

function print({ seed, seconds, disturbances, orders, subscribers, currentAfterS, invariants }: ChaosReport): void {
  console.error(
    [
      '',
      `Seed ${seed}: ${disturbances.length} disturbances in ${seconds.toFixed(0)} s`,
      `${orders.acknowledged} orders acknowledged, ${orders.refused} refused, ${orders.retried} tries made again, ${orders.delivered} delivered meanwhile`,
      `${subscribers} subscribers, ${currentAfterS === null ? 'not all of them current in the end' : `all current ${currentAfterS.toFixed(1)} s after the last part was back`}`,
      ...invariants.flatMap(({ says, broken }) => [
        `${broken.length === 0 ? '✓' : '✗'} ${says}${broken.length === 0 ? '' : ` (${broken.length})`}`,
        ...broken.slice(0, 20).map((line) => `    ${line}`),
      ]),
      '',
    ].join('\n'),
  )
}

function toBench({ seed, invariants, disturbances, orders, currentAfterS }: ChaosReport) {
  const figure = (name: string, unit: string, value: number, goal: string | null, ok: boolean) => ({
    ...{ name, unit, value, goal, ok },
    ...{ textbook: null, ratio: null },
  })
  return {
    bench: 'chaos',
    machine: {
      cpu: cpus()[0]?.model ?? '',
      cores: cpus().length,
      memoryMb: Math.round(totalmem() / 2 ** 20),
      node: process.version,
    },
    results: [
      ...invariants.map(({ name, broken }) => figure(name, 'cases', broken.length, '0', broken.length === 0)),
      figure('orders_acknowledged', 'orders', orders.acknowledged, null, orders.acknowledged > 0),
      figure('disturbances', 'times', disturbances.length, null, true),
      figure('current_after_s', 's', currentAfterS ?? -1, '≤ 60', currentAfterS !== null),
    ],
    details: { seed, disturbances, broken: invariants.filter(({ broken }) => broken.length > 0) },
  }
}
