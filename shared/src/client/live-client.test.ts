import { expect, it } from 'vitest'
import type { ServerMessage } from '../contract/index.ts'
import { createLiveClient } from './live-client.ts'
import type { LiveSocketLike } from './live-socket.ts'
import { handTimers } from './socket-pair.fixture.ts'

it('a node on its own is told once, and forgotten with a connection to one that is not', () => {
  const timers = handTimers()
  const told: string[] = []
  let socket: LiveSocketLike
  const client = createLiveClient({
    url: 'ws://test',
    client: 'console',
    timers,
    random: () => 0.5,
    openSocket: () => {
      socket = { binaryType: '', bufferedAmount: 0, send: () => {}, close: () => {} } as unknown as LiveSocketLike
      return socket
    },
    onNode: (bus, sinceMs) => told.push(`${bus} ${sinceMs}`),
  })
  const say = (message: ServerMessage) => socket.onmessage?.({ data: JSON.stringify(message) } as never)
  const hello = () => {
    const me = { userId: 'u', role: 'dispatcher', name: 'Ana', driverId: null, merchantId: null }
    say({ type: 'hello', nowMs: 5_000, clockSpeed: 1, nodeId: 'n', connectionId: 'c', heartbeatMs: 10_000, me } as never)
  }
  hello()
  for (let twice = 0; twice < 2; twice++) say({ type: 'node_state', bus: 'lost', sinceMs: 4_000 })
  expect(told).toEqual(['lost 4000'])
  expect(client.state()).toBe('live')
  socket!.onclose?.({ code: 1006, reason: '' } as never)
  timers.advance(1_000)
  hello()
  expect(told).toEqual(['lost 4000', 'connected 5000'])
  client.close()
})
