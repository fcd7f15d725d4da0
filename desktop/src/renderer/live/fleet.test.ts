import { DRIVER_STATE, FRAME_FLAG } from '@doorstep/shared/client'
import { describe, expect, test } from 'vitest'
import { createFrameReader } from './apply-frame.ts'
import type { FleetStore } from './fleet-store.ts'
import { fleetFrame, rosterFrame } from './frames.fixture.ts'

const A = '0a000000-0000-4000-8000-000000000001'
const B = '0b000000-0000-4000-8000-000000000002'

/** A fleet that only remembers who is where. */
function recordedFleet() {
  const places = new Map<string, { lat: number; lon: number }>()
  const store: Partial<FleetStore> = {
    move: (id, lat, lon) => void places.set(id, { lat, lon }),
    remove: (id) => void places.delete(id),
    keepOnly(ids) {
      for (const id of places.keys()) if (!ids.has(id)) places.delete(id)
    },
  }
  return { places, reader: createFrameReader(store as FleetStore, () => {}) }
}

describe('fleet frames', () => {
  test('put drivers where they are by the roster’s slots', () => {
    const { places, reader } = recordedFleet()
    reader.take(rosterFrame([[3, A]]))
    reader.take(fleetFrame([{ slot: 3, lat: 41.15, lon: -8.61, state: DRIVER_STATE.carrying }]))
    expect(places.get(A)).toEqual({ lat: 41.15, lon: -8.61 })
    expect(reader.doing(A)).toBe(DRIVER_STATE.carrying)
  })

  test('of a slot that no roster named move nobody', () => {
    const { places, reader } = recordedFleet()
    reader.take(fleetFrame([{ slot: 9, lat: 1, lon: 1, state: DRIVER_STATE.idle }]))
    expect(places.size).toBe(0)
  })

  test('a whole view takes off the map who is not in it; a change does not', () => {
    const { places, reader } = recordedFleet()
    reader.take(
      rosterFrame([
        [1, A],
        [2, B],
      ]),
    )
    const both = [
      { slot: 1, lat: 1, lon: 1, state: DRIVER_STATE.idle },
      { slot: 2, lat: 2, lon: 2, state: DRIVER_STATE.idle },
    ]
    reader.take(fleetFrame(both))
    reader.take(fleetFrame(both.slice(0, 1)))
    expect(places.size).toBe(2)
    reader.take(fleetFrame(both.slice(0, 1), FRAME_FLAG.begin | FRAME_FLAG.complete))
    expect([...places.keys()]).toEqual([A])
  })

  test('state none takes a driver off the map', () => {
    const { places, reader } = recordedFleet()
    reader.take(rosterFrame([[1, A]]))
    reader.take(fleetFrame([{ slot: 1, lat: 1, lon: 1, state: DRIVER_STATE.idle }]))
    reader.take(fleetFrame([{ slot: 1, lat: 0, lon: 0, state: DRIVER_STATE.none }]))
    expect(places.size).toBe(0)
  })
})
