import type { ServerMessage } from '@doorstep/shared/contract'
import { seededRng } from '@doorstep/shared/domain'
import { describe, expect, it } from 'vitest'
import { handTimers, type ServerEnd, socketPair } from '../../../shared/src/client/socket-pair.fixture.ts'
import { createPeopleClock } from './people-clock.ts'
import { takeSeat } from './seat.ts'
import type { Session } from './session.ts'

const TOPIC = 'driver:0197f9c0-0000-7000-8000-000000000001'

function setUp() {
  const timers = handTimers()
  const clock = createPeopleClock((error) => {
    throw error
  }, timers)
  const told: string[] = []
  let server!: ServerEnd
  const openSocket = () => {
    const pair = socketPair(timers, seededRng(1), { drop: 0, duplicate: 0, delayMs: 0 })
    server = pair.server
    server.onMessage = (data) => {
      const message = JSON.parse(data as string) as { type: string; topic: string; ref: number }
      if (message.type === 'hello')
        say({ type: 'hello', nowMs: 0, clockSpeed: 1, heartbeatMs: 1e9, nodeId: 'n', connectionId: 'c', me: {} as never })
      if (message.type === 'subscribe') say({ type: 'snapshot', topic: TOPIC, ref: message.ref, sequence: 1, body: 'snapshot' })
    }
    return pair.client
  }
  const say = (message: ServerMessage) => server.send(JSON.stringify(message))
  const present = (...clients: [client: string, userId: string][]) =>
    say({
      type: 'presence',
      topic: TOPIC,
      present: clients.map(([client, userId]) => ({ client, userId: userId as never, name: 'x', orderId: null })),
    })
  const seat = takeSeat<string>({
    session: { me: { id: 'me' }, token: () => 't', renew: async () => {} } as unknown as Session,
    ...{ topic: TOPIC, liveUrl: 'ws://test', openSocket, clock, timers },
    read: async () => 'read anew',
    readEveryMs: 1e9,
    listener: {
      onState: (state) => told.push(state),
      onChange: (change) => told.push(change.type),
      onTaken: () => told.push('taken'),
    },
  })
  timers.advance(50)
  return { timers, told, seat, say, present }
}

describe('a seat', () => {
  it('is told how things stand and what changes', () => {
    const { told, say, timers, seat } = setUp()
    say({ type: 'shift_update', topic: TOPIC, sequence: 2, previous: 1, atMs: 0, shift: null })
    timers.advance(5)
    expect(told).toEqual(['snapshot', 'shift_update'])
    expect(seat.isOurs()).toBe(true)
  })

  it('yields at once to a person who sits down in it, and is not told anything while they stay', () => {
    const { told, say, present, timers, seat } = setUp()
    present(['simulator', 'me'], ['driver-app', 'me'])
    timers.advance(5)
    expect(seat.isOurs()).toBe(false)
    say({ type: 'shift_update', topic: TOPIC, sequence: 2, previous: 1, atMs: 0, shift: null })
    timers.advance(600_000)
    expect(told).toEqual(['snapshot', 'taken'])
  })

  it('is taken back a while after the person left, with everything read anew', async () => {
    const { told, present, timers, seat } = setUp()
    present(['driver-app', 'me'])
    timers.advance(5)
    present(['simulator', 'me'])
    timers.advance(19_000)
    expect(seat.isOurs()).toBe(false)
    timers.advance(2_000)
    await Promise.resolve()
    expect(seat.isOurs()).toBe(true)
    expect(told).toEqual(['snapshot', 'taken', 'read anew'])
  })

  it('stays with a person whose page reloads', () => {
    const { present, timers, seat } = setUp()
    present(['driver-app', 'me'])
    timers.advance(5)
    present(['simulator', 'me'])
    timers.advance(10_000)
    present(['simulator', 'me'], ['driver-app', 'me'])
    timers.advance(60_000)
    expect(seat.isOurs()).toBe(false)
  })

  it('is not given up because staff look on', () => {
    const { present, timers, seat } = setUp()
    present(['simulator', 'me'], ['console', 'somebody of dispatch'])
    timers.advance(5)
    expect(seat.isOurs()).toBe(true)
  })
})
