import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { newDataFolder, removeDataFolder, type ServerProcess, signIn, startServer } from '../setup/server-process.ts'

let folder: string
let server: ServerProcess
beforeEach(async () => {
  folder = await newDataFolder()
  server = await startServer(folder, { args: ['--no-simulation'], env: { SIMULATED_DRIVERS: '4' } })
})
afterEach(async () => {
  await server.stop()
  removeDataFolder(folder)
})

const eventually = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 20_000, interval: 100 })

async function placeOrder() {
  const customer = await signIn(server.url, 'customer1')
  const about = await customer('GET /about')
  const { lat, lon } = about.city.centre
  const merchant = await signIn(server.url, 'merchant1')
  const { merchant: shop } = await merchant('GET /merchant/board')
  const menu = await customer(`GET /merchants/${shop.id}/menu`)
  const order = await customer('POST /orders', {
    merchantId: shop.id,
    lines: [{ itemId: menu.sections[0].items[0].id, quantity: 1 }],
    drop: { place: { lat, lon }, address: 'Middle of town' },
  })
  return { id: order.id as string, place: about.city.centre }
}

/** A driver's position is only fresh for half a minute: it is reported again after the restart, as a device would. */
async function report(driver: Awaited<ReturnType<typeof signIn>>, place: { lat: number; lon: number }) {
  const { nowMs } = await driver('GET /about')
  await driver('POST /driver/location', { fixes: [{ ...place, atMs: nowMs, seq: Math.floor(nowMs / 1000) % 4_000_000_000 }] })
}

describe('a server killed in the middle', () => {
  test('[DI5] goes on with every order: an open offer can still be accepted, and the order is delivered', async () => {
    const { id, place } = await placeOrder()
    let driver = await signIn(server.url, 'driver1')
    await driver('POST /driver/go-online', {})
    await report(driver, place)
    const merchant = await signIn(server.url, 'merchant1')
    // Soon enough that a driver is asked at once.
    await merchant(`POST /merchant/orders/${id}/accept`, { prepMinutes: 1 })
    await eventually(async () => {
      await report(driver, place)
      expect((await driver('GET /driver')).offers).toHaveLength(1)
    })
    const before = await (await signIn(server.url, 'dispatcher1'))('GET /dispatch/board')

    await server.kill()
    server = await startServer(folder, { args: ['--no-simulation'], env: { SIMULATED_DRIVERS: '4' } })

    const staff = await signIn(server.url, 'dispatcher1')
    const after = await staff('GET /dispatch/board')
    const openBefore = before.orders.map((order: any) => order.id).sort()
    expect(after.orders.map((order: any) => order.id).sort()).toEqual(openBefore)
    driver = await signIn(server.url, 'driver1')
    await driver(`POST /driver/offers/${id}/accept`)
    for (const action of ['arrive_at_merchant', 'pick_up', 'depart', 'deliver']) {
      await driver(`PATCH /orders/${id}/status`, { action })
    }
    const customer = await signIn(server.url, 'customer1')
    expect((await customer(`GET /orders/${id}`)).status).toBe('delivered')
    const log = await staff(`GET /orders/${id}/events`)
    const seqs = log.items.map((event: any) => event.seq)
    expect(seqs).toEqual(seqs.map((_: number, index: number) => index + 1))
  })

  test('ends with Ctrl+C leaving no lock behind, and starts again at once', async () => {
    expect(await server.stop()).toBe(0)
    server = await startServer(folder, { args: ['--no-simulation'], env: { SIMULATED_DRIVERS: '4' } })
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  })
})
