import { chmodSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Disturbance, Kind } from '../../scripts/chaos/disturbances.ts'
import { runChaos } from '../../scripts/chaos/run-chaos.ts'
import { redisServerPath } from '../../server/src/bus/testing.ts'
import { newDataFolder, removeDataFolder } from '../setup/server-process.ts'

const redisProgram = redisServerPath()
const once = (kind: Kind, node = 0): Disturbance => ({ kind, node, downMs: 800 })

/** The short one of `npm run chaos`: each part is lost once, one after the other. */
describe.skipIf(!redisProgram)('a city of which nodes, Redis and PostgreSQL are taken away under load', () => {
  let folder: string
  beforeAll(async () => {
    folder = await newDataFolder()
    chmodSync(folder, 0o711) // PostgreSQL, another user where root runs this, passes through
  })
  afterAll(() => removeDataFolder(folder))

  test('keeps every order, gives none two drivers, skips no step, pays once, and everybody sees what is', async () => {
    const said: string[] = []
    const report = await runChaos({
      ...{ seed: 1, minutes: 0, nodes: 2, speed: 20, drivers: 24, orderEveryMs: 500 },
      list: [once('node_kill', 0), once('redis_wipe'), once('postgres_kill'), once('redis_freeze'), once('node_term', 1)],
      ...{ dataFolder: folder, redisProgram: redisProgram!, say: (line: string) => said.push(line) },
    })
    const broken = report.invariants.flatMap(({ says, broken }) => broken.map((line) => `${says}: ${line}`))
    expect(broken, said.join('\n')).toEqual([])
    expect(report.orders.acknowledged).toBeGreaterThan(5)
    expect(report.disturbances).toHaveLength(5)
  })
})
