import { expect, it } from 'vitest'
import { manualClock } from '../platform/index.ts'
import { type BusConnection, watchConnection } from './watch-connection.ts'

const START = 1_800_000_000_000

function setup(isConnected = true) {
  const clock = manualClock(START)
  const bus = { connected: isConnected, isConnected: () => bus.connected }
  const told: BusConnection[] = []
  const watched = watchConnection(bus, clock, (state) => told.push(state))
  return { clock, bus, told, watched }
}

it('a loss is told once with the moment it began, and so is the return', () => {
  const { clock, bus, told, watched } = setup()
  clock.advance(2_000)
  bus.connected = false
  clock.advance(5_000)
  bus.connected = true
  clock.advance(5_000)
  expect(told).toEqual([
    { isConnected: false, sinceMs: START + 2_500 },
    { isConnected: true, sinceMs: START + 7_500 },
  ])
  expect(watched.state()).toBe(told[1])
})

it('a loss shorter than the time between two looks alarms nobody', () => {
  const { clock, bus, told } = setup()
  for (let n = 0; n < 10; n++) {
    bus.connected = false
    clock.advance(500)
    bus.connected = true
    clock.advance(500)
  }
  expect(told).toEqual([])
})

it('a node that begins alone says so from the start, and nothing after it was stopped', () => {
  const { clock, bus, told, watched } = setup(false)
  expect(watched.state()).toEqual({ isConnected: false, sinceMs: START })
  clock.advance(3_000)
  expect(told).toEqual([])
  watched.stop()
  bus.connected = true
  clock.advance(3_000)
  expect(told).toEqual([])
})
