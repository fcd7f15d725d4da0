import type { LatLon } from '@doorstep/shared/domain'
import { expect, vi } from 'vitest'
import type { TestHouse } from './test-house.ts'

type Answer = Awaited<ReturnType<ReturnType<TestHouse['as']>>>

/** The people around dispatch, as tests of it need them: staff, drivers on shift, orders that the kitchen has taken on. */
export interface DispatchSeats {
  /** A request of dispatch staff. */
  staff(key: string, body?: unknown): Promise<Answer>
  /** A staff command for an order. */
  command(orderId: string, path: string, body?: object): Promise<Answer>
  policy(change: object): Promise<void>
  online(driver: number, place?: LatLon): Promise<void>
  offline(driver: number): Promise<void>
  offersOf(driver: number): Promise<any[]>
  answer(driver: number, orderId: string, what: 'accept' | 'decline'): Promise<Answer>
  /** An order placed at Casa Um; `prepMinutes` is the kitchen's word, null leaves it unanswered. */
  order(prepMinutes?: number | null): Promise<any>
  onBoard(orderId: string): Promise<any>
  decisions(orderId: string): Promise<any[]>
  events(orderId: string): Promise<any[]>
  alerts(): Promise<any[]>
  /** Cancels what is open and sends everybody home. */
  clear(): Promise<void>
  /** Lets time pass with fresh positions, and wakes the planner. */
  pass(ms: number): Promise<void>
  /** Lets time pass second by second, and the planner plan after each. */
  passPlanned(seconds: number): Promise<void>
  /** Lets time pass in small steps until the check holds. */
  eventually<T>(check: () => T | Promise<T>, stepMs?: number): Promise<T>
}

const MOST_STEPS = 300
const PATIENCE_MS = 10_000

/** Takes every seat around a house's dispatch. */
export function dispatchSeats(house: TestHouse): DispatchSeats {
  const places = new Map<number, LatLon>()
  const staff = house.as('dora@demo')
  const driver = (i: number) => house.as(`driver${i}@demo`)
  const { state } = house.app.zones.get(house.zoneId)!

  const pass = async (ms: number) => {
    house.clock.advance(ms)
    for (const [i, place] of places) house.put(house.driverIds[i]!, place)
    await state.refresh({ orderIds: [...state.orders.keys()], driverIds: house.driverIds })
  }
  const ticks = async () => {
    const { body } = await house.metrics.exposition()
    return Number(/doorstep_dispatch_tick_seconds_count\{[^}]*\} (\d+)/.exec(body)?.[1] ?? 0)
  }
  /** Long steps wait for the planner, whose lease must be renewed meanwhile. */
  const step = async (ms: number) => {
    const before = await ticks()
    await pass(ms)
    if (ms >= 500) await vi.waitFor(async () => expect(await ticks()).toBeGreaterThan(before), { timeout: 10_000, interval: 5 })
  }
  const passPlanned = async (seconds: number) => {
    for (let i = 0; i < seconds; i++) await step(1_000)
  }
  const eventually = async <T>(check: () => T | Promise<T>, stepMs = 100): Promise<T> => {
    const startMs = performance.now()
    for (let steps = 1; ; steps++) {
      await step(stepMs)
      try {
        return await check()
      } catch (error) {
        // A slow machine gets its steps, a fast one its time.
        if (steps >= MOST_STEPS && performance.now() - startMs > PATIENCE_MS) throw error
      }
    }
  }
  const itemOf = async (name: string) => {
    const { body: shops } = await house.as(null)(`GET /merchants?lat=${house.place.lat}&lon=${house.place.lon}`)
    const { id: merchantId } = shops.items.find((shop: any) => shop.name === name)
    const { body: menu } = await house.as(null)(`GET /merchants/${merchantId}/menu`)
    return { merchantId, itemId: menu.sections[0].items[0].id }
  }
  const onBoard = async (id: string) => (await staff('GET /dispatch/board')).body.orders.find((order: any) => order.id === id)

  return {
    staff,
    command: (id, path, body = {}) => staff(`POST /dispatch/orders/${id}/${path}`, body),
    async policy(change) {
      const answer = await staff('PATCH /dispatch/policy', change)
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    },
    async online(i, place = { lat: house.place.lat + 0.001 * i, lon: house.place.lon }) {
      await driver(i)('POST /driver/go-online', {})
      places.set(i, place)
      house.put(house.driverIds[i]!, place)
    },
    async offline(i) {
      places.delete(i)
      await driver(i)('POST /driver/go-offline')
    },
    offersOf: async (i) => (await driver(i)('GET /driver')).body.offers,
    answer: (i, id, what) => driver(i)(`POST /driver/offers/${id}/${what}`, what === 'decline' ? {} : undefined),
    async order(prepMinutes = 10) {
      const { merchantId, itemId } = await itemOf('Casa Um')
      const { body: placed } = await house.as('ana@demo')('POST /orders', {
        merchantId,
        lines: [{ itemId, quantity: 1 }],
        drop: { place: { lat: house.place.lat + 0.005, lon: house.place.lon }, address: 'Rua 9' },
        tipMinor: 0,
      })
      if (prepMinutes === null) return placed
      await house.as('um@demo')(`POST /merchant/orders/${placed.id}/accept`, { prepMinutes })
      await eventually(async () => expect(await onBoard(placed.id)).toMatchObject({ kitchen: 'accepted' }))
      return placed
    },
    onBoard,
    decisions: async (id) => (await staff(`GET /dispatch/orders/${id}/decisions`)).body.items,
    events: async (id) => (await staff(`GET /orders/${id}/events`)).body.items,
    alerts: async () => (await staff('GET /dispatch/board')).body.alerts,
    async clear() {
      for (const order of (await staff('GET /dispatch/board')).body.orders)
        await staff(`POST /orders/${order.id}/cancel`, { reason: 'test' })
      for (const i of house.driverIds.keys()) {
        places.delete(i)
        await driver(i)('POST /driver/go-offline')
      }
    },
    pass,
    passPlanned,
    eventually,
  }
}
