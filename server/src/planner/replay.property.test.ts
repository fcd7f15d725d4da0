import { type OrderId, seededRng, VEHICLES } from '@doorstep/shared/domain'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeSnapshot,
  encodeSnapshot,
  JOINT,
  openSnapshot,
  type Policy,
  plan,
  recordTravel,
  replay,
  SCORED_OFFERS,
  type Snapshot,
  snapshotHash,
} from './index.ts'
import { packNumbers, unpackNumbers } from './pack-numbers.ts'
import { randomSnapshot } from './random-snapshot.fixture.ts'
import { T0 } from './scenario.fixture.ts'

const POLICIES: readonly Policy[] = [
  JOINT,
  SCORED_OFFERS,
  { ...JOINT, mode: 'assign', refuseAfterS: 600, guarantee: { perHourMinor: 1500, ordersPerHour: 2 } },
]

/** A random town whose distances come from its places, as the server's do; every other one has uneven travel times. */
function townOf(seed: number): Snapshot {
  const rng = seededRng(seed)
  const size = { orders: 1 + Math.floor(rng() * 16), drivers: Math.floor(rng() * 10), merchants: 1 + Math.floor(rng() * 5) }
  const { km: _, travelS, ...town } = randomSnapshot(rng, size)
  const previous = plan({ ...town, travelS }, JOINT, T0 - 1000, seededRng(seed)).plan
  const uneven = seed % 2 === 0 ? 1 : 1.0371
  return {
    ...town,
    travelS: (vehicle, from, to) => travelS(vehicle, from, to) * uneven,
    previous: seed % 3 === 0 ? null : previous,
  }
}

describe('a recorded tick, planned again from its bytes', () => {
  test.each(POLICIES.map((policy, i) => [`${policy.name} ${i}`, policy] as const))(
    '%s gives the same, byte for byte',
    (_, policy) => {
      for (let seed = 1; seed <= 200; seed++) {
        const snapshot = townOf(seed)
        const recording = recordTravel(snapshot)
        const result = plan(recording.snapshot, policy, T0, seededRng(seed))
        const recorded = recording.record()
        const tick = decodeSnapshot(encodeSnapshot(recorded, policy, T0, seed))
        expect(tick, `seed ${seed}`).toEqual({ snapshot: recorded, policy, nowMs: T0, seed })
        expect(JSON.stringify(replay(tick)), `seed ${seed}`).toBe(JSON.stringify(result))
        expect(JSON.stringify(plan(snapshot, policy, T0, seededRng(seed)))).toBe(JSON.stringify(result))
        expect(result.snapshotHash).toBe(snapshotHash(snapshot, policy, T0))
      }
    },
  )
})

test('what was not read is not stored, and asking for it throws', () => {
  const recording = recordTravel(townOf(4))
  const result = plan(recording.snapshot, JOINT, T0, seededRng(1))
  const stored = recording.record()
  const tick = { snapshot: stored, policy: JOINT, nowMs: T0, seed: 1 }
  expect(replay(tick)).toEqual(result)
  for (let i = 0; i < stored.travel.keys.length; i++) {
    const without = (column: Float64Array) => column.filter((_, at) => at !== i)
    const travel = { keys: without(stored.travel.keys), seconds: without(stored.travel.seconds) }
    expect(() => replay({ ...tick, snapshot: { ...stored, travel } })).toThrow('was not recorded')
  }
})

test('a travel time is asked of the source once, however often the planner reads it', () => {
  const town = townOf(9)
  const asked: string[] = []
  const recording = recordTravel({ ...town, travelS: (...way) => asked.push(way.join()) && town.travelS(...way) })
  plan(recording.snapshot, JOINT, T0, seededRng(1))
  expect(new Set(asked).size).toBe(asked.length)
  expect(recording.record().travel.keys).toHaveLength(asked.length)
})

test('all vehicles and thousands of places have ways of their own', () => {
  const towns = fc.constantFrom(1, 3, 100, 23_000, 24_000, 2 ** 20).chain((places) => {
    const place = fc.nat(places - 1)
    return fc.tuple(fc.constant(places), fc.array(fc.tuple(fc.constantFrom(...VEHICLES), place, place), { maxLength: 400 }))
  })
  const town = townOf(1)
  fc.assert(
    fc.property(towns, ([count, asked]) => {
      const secondsOf = (vehicle: string, from: number, to: number) => VEHICLES.indexOf(vehicle as never) + from * 4 + to / 7
      const places = { length: count } as Snapshot['places']
      const recording = recordTravel({ ...town, places, travelS: secondsOf })
      for (const way of asked) recording.snapshot.travelS(...way)
      const { travel } = recording.record()
      expect(travel.keys).toEqual(travel.keys.toSorted())
      const stored = encodeSnapshot({ ...recording.record(), places: [] }, JOINT, T0, 1)
      expect(decodeSnapshot(stored).snapshot.travel).toEqual(travel)
      const { travelS } = openSnapshot({ ...town, places, travel })
      for (const way of asked) expect(travelS(...way)).toBe(secondsOf(...way))
      for (const way of asked) expect(recording.snapshot.travelS(...way)).toBe(secondsOf(...way))
      expect(travel.keys).toHaveLength(new Set(asked.map(String)).size)
    }),
  )
})

test('numbers come back bit for bit, whatever they are', () => {
  const number = fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer(),
    fc.integer().map((whole) => whole / 1e6),
    fc.constantFrom(null, Infinity, -Infinity, -0, 0, T0, Number.MAX_SAFE_INTEGER, Number.MIN_VALUE),
  )
  fc.assert(
    fc.property(fc.array(number), (values) => {
      const { column, bytes } = packNumbers(values)
      const back = unpackNumbers(column, bytes, 0)
      expect(back).toHaveLength(values.length)
      for (const [i, value] of values.entries()) expect(Object.is(back[i], value)).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('names beyond ASCII come back as they were', () => {
  const town = townOf(2)
  const named = { ...town, orders: town.orders.map((order) => ({ ...order, id: `Bestellung ä ${order.id} 🍕` as OrderId })) }
  const { snapshot } = decodeSnapshot(
    encodeSnapshot({ ...named, drivers: [], travel: { keys: new Float64Array(), seconds: new Float64Array() } }, JOINT, T0, 1),
  )
  expect(snapshot.orders).toEqual(named.orders)
})

test('distances of its own and bytes of another form are refused', () => {
  expect(() => recordTravel({ ...townOf(1), km: () => 0 })).toThrow('distances of its own')
  const bytes = encodeSnapshot(recordTravel(townOf(1)).record(), JOINT, T0, 1)
  const text = String.fromCharCode(...bytes.subarray(0, 40)).replace('"form":1', '"form":9')
  bytes.set(Array.from(text, (character) => character.charCodeAt(0)))
  expect(() => decodeSnapshot(bytes)).toThrow('form 9')
})
