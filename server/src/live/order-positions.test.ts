import { readOrderPosition } from '@doorstep/shared/contract'
import { type DriverId, seededRng } from '@doorstep/shared/domain'
import { describe, expect, it } from 'vitest'
import { createFleet, type Fix, moveDriver, setOrderDriver, setShift, slotOf } from '../fleet/index.ts'
import { uuid, ZONE } from './gateway.fixture.ts'
import { createOrderPositions } from './order-positions.ts'
import { createOutbox } from './outbox.ts'

const fixAt = (atMs: number, seq = 1): Fix => ({ lat: 41 + atMs / 1e6, lon: -8, atMs, seq, courseDeg: 90, speedMps: 3 })

function setup(drivers = 1) {
  const fleet = createFleet({ aroundLat: 41 })
  for (let n = 1; n <= drivers; n++) {
    setShift(fleet, { driverId: uuid(n) as DriverId, zoneId: ZONE, vehicle: 'car', maxOrders: 3, shift: 'online' })
    setOrderDriver(fleet, uuid(1_000 + n), uuid(n) as DriverId, true)
  }
  const orders = createOrderPositions(fleet)
  const follower = () => {
    const got: number[] = []
    const state = { buffered: 0 }
    const socket = {
      get bufferedAmount() {
        return state.buffered
      },
      send: (data: string | Uint8Array) => {
        const bytes = data as Uint8Array
        got.push(readOrderPosition(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))!.atMs)
      },
      close: () => {},
    }
    return { got, state, outbox: createOutbox(socket, () => {}), encoding: 'binary' as const }
  }
  const move = (n: number, fix: Fix) => {
    moveDriver(fleet, slotOf(fleet, uuid(n)), fix)
    orders.note(slotOf(fleet, uuid(n)))
  }
  return { fleet, orders, follower, move }
}

describe('positions for those who follow an order', () => {
  it('a fix that came to this node is told at once, and not again with the batch', () => {
    const { orders, follower, move } = setup()
    const customer = follower()
    orders.follow(uuid(1_001), customer)
    orders.tellAtOnce(0, fixAt(10))
    expect(customer.got).toEqual([10])
    move(1, fixAt(10))
    orders.flush()
    expect(customer.got).toEqual([10])
    move(1, fixAt(20))
    orders.flush()
    expect(customer.got).toEqual([10, 20])
  })

  it('who comes between the fix and its batch gets it with the batch', () => {
    const { orders, follower, move } = setup()
    const early = follower()
    orders.follow(uuid(1_001), early)
    orders.tellAtOnce(0, fixAt(10))
    const late = follower()
    orders.follow(uuid(1_001), late)
    move(1, fixAt(10))
    orders.flush()
    expect([early.got.at(-1), late.got]).toEqual([10, [10]])
  })

  it('a slow follower is sent nothing until there is room, and then where the driver is', () => {
    const { orders, follower, move } = setup()
    const customer = follower()
    orders.follow(uuid(1_001), customer)
    customer.state.buffered = 100_000
    for (const atMs of [10, 20, 30]) {
      move(1, fixAt(atMs))
      orders.flush()
    }
    expect(customer.got).toEqual([])
    customer.state.buffered = 0
    orders.tellAgain(uuid(1_001), customer)
    expect(customer.got).toEqual([30])
  })

  it('everybody ends with the last place, however fixes, batches and followers mix, and thousands go out in slices', async () => {
    const drivers = 1_500
    const { orders, follower, move, fleet } = setup(drivers)
    const rng = seededRng(5)
    const customers = new Map<number, ReturnType<typeof follower>[]>()
    const last = new Map<number, number>()
    for (let step = 1; step < 12_000; step++) {
      const n = 1 + Math.floor(rng() * drivers)
      const pick = rng()
      if (pick < 0.2) {
        const customer = follower()
        customers.set(n, [...(customers.get(n) ?? []), customer])
        orders.follow(uuid(1_000 + n), customer)
      } else {
        const fix = fixAt(step)
        if (pick < 0.6) orders.tellAtOnce(slotOf(fleet, uuid(n)), fix)
        last.set(n, step)
        move(n, fix)
      }
      if (step % 3_000 === 0) orders.flush()
      if (step % 500 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    for (let n = 1; n <= drivers; n++) {
      last.set(n, 20_000)
      move(n, fixAt(20_000))
    }
    orders.flush()
    const toldAtOnce = [...customers.values()].flat().filter(({ got }) => got.at(-1) === 20_000).length
    expect(toldAtOnce).toBeLessThan(1_000)
    for (let turn = 0; turn < 6; turn++) await new Promise((resolve) => setImmediate(resolve))
    for (const [n, of] of customers) {
      for (const { got } of of) {
        expect(got.at(-1)).toBe(last.get(n))
        expect(got).toEqual([...got].sort((a, b) => a - b))
      }
    }
  })
})
