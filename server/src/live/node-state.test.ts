import { expect, it } from 'vitest'
import { manualClock } from '../platform/index.ts'
import { connect } from './client.fixture.ts'
import { createNode, createWorld, settle, testBus, worldTopics } from './gateway.fixture.ts'

it('staff are told when their node has lost the others, also those who come meanwhile, and when it has them again', async () => {
  const clock = manualClock(1_800_000_000_000)
  let isConnected = true
  const bus = { ...testBus(clock), isConnected: () => isConnected }
  const node = await createNode({ clock, bus, topics: worldTopics(createWorld(bus)) })
  const early = connect(node, 'dispatcher:1')
  const customer = connect(node, 'customer:7')
  await settle()
  isConnected = false
  clock.advance(1_500)
  const late = connect(node, 'dispatcher:2')
  await settle()
  const lost = { type: 'node_state', bus: 'lost', sinceMs: 1_800_000_000_500 }
  expect([early.of('node_state'), late.of('node_state')]).toEqual([[lost], [lost]])
  expect(late.inbox.map((message) => message.type)).toEqual(['hello', 'node_state'])
  isConnected = true
  clock.advance(1_000)
  expect([early.of('node_state')[1], late.of('node_state')[1]]).toMatchObject([{ bus: 'connected' }, { bus: 'connected' }])
  expect(customer.of('node_state')).toEqual([])
  const after = connect(node, 'dispatcher:3')
  await settle()
  expect(after.of('node_state')).toEqual([])
  await node.gateway.stop()
})
