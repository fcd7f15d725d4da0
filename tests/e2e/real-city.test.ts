import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { removeDataFolder, type ServerProcess, signIn, startServer } from '../setup/server-process.ts'

const DATA = process.env['DOORSTEP_DATA'] ?? join(import.meta.dirname, '../../../shared/data')
const EXTRACT = join(DATA, 'osm/monaco.osm.pbf')
const isHere = existsSync(EXTRACT)

test.runIf(process.env['CI'] === 'true')('the recorded city extracts are here in CI', () => {
  expect(isHere, `${EXTRACT} is missing: set DOORSTEP_DATA`).toBe(true)
})

describe.runIf(isHere)('a real city from its OpenStreetMap extract', () => {
  let folder: string
  let server: ServerProcess
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'doorstep-real-city-'))
    server = await startServer(folder, {
      args: ['--city', EXTRACT, '--speed', '20'],
      env: { SIMULATED_DRIVERS: '25', SIMULATED_ORDERS_PER_HOUR: '60' },
    })
  })
  afterAll(async () => {
    await server?.stop()
    removeDataFolder(folder)
  })

  test('has its own streets, restaurants and licence line, and simulated people deliver orders in it', async () => {
    const staff = await signIn(server.url, 'dispatcher1')
    const about = await staff('GET /about')
    expect(about.city).toMatchObject({ name: 'monaco', timeZone: 'Europe/Monaco', currency: 'EUR' })
    expect(about.city.attribution).toContain('© OpenStreetMap contributors')
    const { items } = await staff(`GET /merchants?lat=${about.city.centre.lat}&lon=${about.city.centre.lon}&limit=100`)
    expect(items.length).toBeGreaterThan(50)
    const startedMs = about.nowMs
    const delivered = await vi.waitFor(
      async () => {
        const { items: orders } = await staff('GET /orders?limit=100')
        const fresh = orders.filter((order: any) => order.placedAtMs > startedMs && order.status === 'delivered')
        expect(fresh.length).toBeGreaterThan(0)
        return fresh[0]
      },
      { timeout: 150_000, interval: 1_000 },
    )
    const { items: log } = await staff(`GET /orders/${delivered.id}/events`)
    const types = log.map((event: any) => event.type)
    for (const step of [
      'order.placed',
      'order.accepted',
      'order.offered',
      'order.assigned',
      'order.picked_up',
      'order.delivered',
    ]) {
      expect(types).toContain(step)
    }
  })
})
