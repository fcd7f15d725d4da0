import { describe, expect, it } from 'vitest'
import { compareBelieved } from './compare-believed.ts'
import type { DriverNow, OrderNow } from './database-sql.ts'
import { checkRefusal } from './place-orders.ts'
import { replayOrders } from './replay-orders.ts'
import type { Believed } from './watchers.ts'

const order = (change: Partial<OrderNow> = {}): OrderNow => ({
  ...{ id: 'o1', number: 1001, version: 1, merchantId: 'm1', driverId: null, kitchen: 'placed', delivery: 'waiting' },
  ...{ isOpen: true, pickedUp: false, payMinor: 0, tipMinor: 0 },
  ...change,
})
const log = (...entries: [type: string, actor: string][]) =>
  [['order.placed', 'customer'] as const, ...entries].map(([type, actor], i) => ({ orderId: 'o1', seq: i + 1, type, actor }))

describe('replaying an order', () => {
  it('agrees with a log that follows the table, also where an offer was declined while another was open', () => {
    const entries = log(['order.accepted', 'merchant'], ['order.offered', 'system'], ['order.offered', 'system'])
    const declined = [...entries, { orderId: 'o1', seq: 5, type: 'order.offer_declined', actor: 'driver' }]
    for (const delivery of ['offered', 'waiting'] as const)
      expect(replayOrders([order({ version: 5, kitchen: 'accepted', delivery })], declined)).toEqual([])
  })

  it('finds a hole, a step that was skipped, and a row that says something else', () => {
    const good = log(['order.accepted', 'merchant'])
    const [one, hole] = [good[0]!, { ...good[1]!, seq: 3 }]
    expect(replayOrders([order({ version: 2, kitchen: 'accepted' })], [one, hole])[0]).toContain('has a hole')
    expect(replayOrders([order({ version: 2 })], log(['order.delivered', 'driver']))[0]).toContain('is not allowed in')
    expect(replayOrders([order({ version: 2, kitchen: 'ready' })], good)[0]).toContain('its row says ready/waiting')
    expect(replayOrders([order({ version: 3, kitchen: 'accepted' })], good)[0]).toContain('at version 3 and its log has 2')
  })
})

describe('comparing what subscribers believe', () => {
  const driver: DriverNow = { id: 'd1', isOnline: true, stops: [{ orderId: 'o1', kind: 'drop' }], offers: null }
  const believed = (change: Partial<Believed> = {}): Believed => ({
    ...{ who: 'a console', covers: 'all', orders: new Map([['o1', 1]]), live: { state: () => 'live' } as Believed['live'] },
    drivers: new Map([['d1', { isOnline: true, stops: ['o1 drop'] }]]),
    ...change,
  })
  const found = (change: Partial<Believed>) => compareBelieved([believed(change)], [order()], [driver]).map(({ what }) => what)

  it('finds nothing where they know what is', () => {
    expect(found({})).toEqual([])
  })

  it('finds an old version, an order nobody told them of, and a driver who is elsewhere', () => {
    expect(found({ orders: new Map([['o1', 0]]) })).toEqual(['has order 1001 at version 0, it is at 1'])
    expect(found({ orders: new Map() })).toEqual(['does not know order 1001, at version 1'])
    expect(found({ orders: new Map(), covers: 'told' })).toEqual([])
    expect(found({ drivers: new Map([['d1', { isOnline: false, stops: [] }]]) })).toHaveLength(2)
  })
})

it('a refusal is clear when it says 503, why, and when to come back', () => {
  const broken: string[] = []
  checkRefusal({ broken }, 'x', { status: 503, body: { code: 'unavailable' }, retryAfter: '2' })
  checkRefusal({ broken }, 'x', { status: 0, body: null, retryAfter: null })
  expect(broken).toEqual([])
  checkRefusal({ broken }, 'x', { status: 500, body: { code: 'internal' }, retryAfter: null })
  checkRefusal({ broken }, 'x', { status: 503, body: { code: 'unavailable' }, retryAfter: null })
  expect(broken).toHaveLength(2)
})
