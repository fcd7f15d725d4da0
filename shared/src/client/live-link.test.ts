import { describe, expect, it } from 'vitest'
import type { ServerMessage } from '../contract/index.ts'
import { seededRng } from '../domain/index.ts'
import { openLink } from './live-link.ts'
import type { LiveSocketLike } from './live-socket.ts'
import { handTimers } from './socket-pair.fixture.ts'

const me = { userId: 'u', role: 'customer', name: 'Ana', driverId: null, merchantId: null }

/** A link whose server is played by the test. */
function played(random: () => number = () => 0.5) {
  const timers = handTimers()
  const opened: number[] = []
  const ended: number[] = []
  let socket: LiveSocketLike
  const link = openLink({
    ...{ url: 'ws://test', client: 'customer', timers, random },
    openSocket() {
      opened.push(timers.nowMs())
      socket = { binaryType: '', bufferedAmount: 0, send: () => {}, close: () => {} } as unknown as LiveSocketLike
      return socket
    },
    onUp: () => {},
    onDown: (_failures, isFinal, code) => void (isFinal && ended.push(code)),
    onMessage: () => {},
    onFrame: () => {},
    onBeat: () => {},
  })
  const say = (message: Partial<ServerMessage>) => socket.onmessage?.({ data: JSON.stringify(message) })
  return {
    ...{ timers, link, opened, ended, say },
    hello: () => say({ type: 'hello', nowMs: 0, clockSpeed: 1, heartbeatMs: 600_000, me } as never),
    lose: (code: number) => socket.onclose?.({ code, reason: '' }),
  }
}

describe('coming back after a connection was lost', () => {
  it('thousands who lost their node together are spread over a second', () => {
    const rng = seededRng(3)
    const waits = Array.from({ length: 3_000 }, () => {
      const { hello, lose, timers, opened } = played(rng)
      hello()
      timers.advance(60_000)
      lose(1006)
      timers.advance(5_000)
      return opened[1]! - 60_000
    })
    const byTenth = Map.groupBy(waits, (wait) => Math.floor(wait / 100))
    expect([Math.min(...waits) >= 100, Math.max(...waits) <= 1_000]).toEqual([true, true])
    expect(Math.max(...[...byTenth.values()].map((group) => group.length))).toBeLessThan(450)
  })

  it('a node that goes away says when to come back, and that is kept', () => {
    const { hello, say, timers, opened } = played()
    hello()
    timers.advance(20_000)
    say({ type: 'going_away', reconnectInMs: 730 })
    timers.advance(729)
    expect(opened.length).toBe(1)
    timers.advance(1)
    expect(opened).toEqual([0, 20_730])
  })

  it('after 4400, 4401 and 4403 nothing is tried again, after any other code it is', () => {
    for (const code of [4400, 4401, 4403]) {
      const { lose, timers, opened, ended } = played()
      lose(code)
      timers.advance(600_000)
      expect([opened.length, ended]).toEqual([1, [code]])
    }
    for (const code of [1006, 1011, 1012, 4408, 4429]) {
      const { lose, timers, opened, ended } = played()
      lose(code)
      timers.advance(1_000)
      expect([opened.length, ended]).toEqual([2, []])
    }
  })

  it('a server that lets in and ends at once is asked less and less often; after a steady connection the first wait is short again', () => {
    const { hello, lose, timers, opened } = played()
    const waitAfterLosing = () => {
      const [lostAtMs, before] = [timers.nowMs(), opened.length]
      lose(4429)
      while (opened.length === before) timers.advance(50)
      return timers.nowMs() - lostAtMs
    }
    const waits = Array.from({ length: 7 }, () => {
      hello()
      return waitAfterLosing()
    })
    expect(waits).toEqual([550, 1_100, 2_200, 4_400, 8_250, 8_250, 8_250])
    hello()
    timers.advance(5_000)
    expect(waitAfterLosing()).toBe(550)
  })
})
