import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { feelPulse } from './feel-pulse.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A pulse over a wire that a test cuts; `beats` lets so many of them pass. */
async function setup() {
  const wire = { isUp: true, isWhole: true, renewed: 0 }
  const listeners = new Map<string, () => void>()
  const pulse = feelPulse({
    isUp: () => wire.isUp,
    send: (zoneId) => void (wire.isWhole && listeners.get(zoneId)?.()),
    listen: async (zoneId, onPulse) => listeners.set(zoneId, onPulse),
    onDead: () => wire.renewed++,
  })
  await pulse.watch('a')
  await pulse.watch('b')
  return { wire, listeners, pulse, beats: (count: number) => vi.advanceTimersByTime(count * 1_000) }
}

it('what comes back is alive, for ever', async () => {
  const { wire, pulse, beats } = await setup()
  beats(1_000)
  expect([pulse.isAlive(), wire.renewed]).toEqual([true, 0])
  pulse.stop()
})

it('one zone that does not answer three times is enough to be dead, and to connect anew, again and again with patience', async () => {
  const { wire, listeners, pulse, beats } = await setup()
  const answer = listeners.get('b')!
  listeners.delete('b')
  beats(2)
  expect([pulse.isAlive(), wire.renewed]).toEqual([true, 0])
  beats(2)
  expect([pulse.isAlive(), wire.renewed]).toEqual([false, 1])
  beats(7)
  expect(wire.renewed).toBe(1)
  beats(1)
  expect(wire.renewed).toBe(2)
  listeners.set('b', answer)
  beats(1)
  expect(pulse.isAlive()).toBe(true)
  beats(100)
  expect(wire.renewed).toBe(2)
  pulse.stop()
})

it('a connection that is lost misses no pulse, but is replaced when it does not come back by itself', async () => {
  const { wire, pulse, beats } = await setup()
  wire.isUp = false
  beats(7)
  expect([pulse.isAlive(), wire.renewed]).toEqual([true, 0])
  beats(1)
  expect(wire.renewed).toBe(1)
  wire.isUp = true
  beats(100)
  expect([pulse.isAlive(), wire.renewed]).toEqual([true, 1])
  pulse.stop()
})
