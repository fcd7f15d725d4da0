import { describe, expect, it } from 'vitest'
import { handTimers } from '../../../shared/src/client/socket-pair.fixture.ts'
import { createPeopleClock } from './people-clock.ts'

const setUp = (speed = 1) => {
  const timers = handTimers()
  const errors: unknown[] = []
  const clock = createPeopleClock((error) => errors.push(error), timers)
  clock.set(1_000_000, speed)
  return { timers, clock, errors }
}

describe('the people’s clock', () => {
  it('runs tasks in order of time, whatever the order they were given in', () => {
    const { timers, clock } = setUp()
    const done: string[] = []
    for (const [name, ms] of [
      ['c', 3_000],
      ['a', 1_000],
      ['b', 2_000],
    ] as const)
      clock.after(ms, () => done.push(name))
    timers.advance(2_500)
    expect(done).toEqual(['a', 'b'])
    timers.advance(600)
    expect(done).toEqual(['a', 'b', 'c'])
  })

  it('goes as fast as the server’s', () => {
    const { timers, clock } = setUp(10)
    let done = 0
    clock.after(60_000, () => done++)
    timers.advance(5_900)
    expect(done).toBe(0)
    timers.advance(200)
    expect(done).toBe(1)
    expect(clock.nowMs()).toBe(1_000_000 + 61_000)
  })

  it('puts everything off by as long as it was paused', () => {
    const { timers, clock } = setUp()
    let done = 0
    clock.after(5_000, () => done++)
    timers.advance(4_000)
    clock.pause()
    timers.advance(60_000)
    expect(done).toBe(0)
    clock.resume()
    timers.advance(900)
    expect(done).toBe(0)
    timers.advance(200)
    expect(done).toBe(1)
    expect(clock.nowMs()).toBe(1_000_000 + 65_100)
  })

  it('leaves out what was cancelled, and a task that throws stops nobody else', () => {
    const { timers, clock, errors } = setUp()
    const done: string[] = []
    clock.after(1_000, () => {
      throw new Error('broken')
    })
    const cancel = clock.after(1_000, () => done.push('cancelled'))
    clock.after(1_000, () => done.push('next'))
    cancel()
    timers.advance(2_000)
    expect(done).toEqual(['next'])
    expect(errors).toHaveLength(1)
  })

  it('does not hurry or hold tasks when the server’s clock is set anew', () => {
    const { timers, clock } = setUp()
    let done = 0
    clock.after(10_000, () => done++)
    clock.set(9_000_000, 1)
    timers.advance(9_900)
    expect(done).toBe(0)
    timers.advance(200)
    expect(done).toBe(1)
  })
})
