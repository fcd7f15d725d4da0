import type { WirePosition } from '@doorstep/shared/client'
import type { DriverState, MerchantBoard, MerchantOrder, Offer, Stop, TopicChange } from '@doorstep/shared/contract'
import { type Actor, hasDriver, type LatLon, type OrderAction, transition } from '@doorstep/shared/domain'
import type { Driver } from './drivers/driver.ts'
import type { Kitchen } from './kitchens/kitchen.ts'
import type { PeopleClock } from './people-clock.ts'

/** Where the one order is fetched and where it goes. */
export const MERCHANT: LatLon = { lat: 41.15, lon: -8.6 }
export const DOOR: LatLon = { lat: 41.155, lon: -8.61 }

type Call = { key: string; action?: string }

/**
 * A server with one order, one driver and one kitchen: it holds to the real table of transitions and versions, and tells
 * both topics of every change, a moment later.
 */
export function oneOrderServer(clock: PeopleClock) {
  let state = { kitchen: 'placed', delivery: 'waiting' } as Parameters<typeof transition>[0]
  let version = 1
  let place: LatLon = { lat: 41.147, lon: -8.603 }
  let stops: Stop[] = []
  let offers: Offer[] = []
  let readyAtMs = clock.nowMs() + 20 * 60_000
  const [arrived, events]: [Record<string, number>, string[]] = [{}, []]
  const placedAtMs = clock.nowMs()
  const topics: { driver?: Driver; kitchen?: Kitchen } = {}

  const stop = (kind: 'pickup' | 'drop'): Stop =>
    ({
      orderId: 'order',
      kind,
      place: kind === 'pickup' ? MERCHANT : DOOR,
      readyAtMs: kind === 'pickup' ? readyAtMs : null,
      isReady: state.kitchen === 'ready',
      arrivedAtMs: arrived[kind] ?? null,
      version,
    }) as Stop
  const route = () => ({
    stops: (stops = stops.map((one) => stop(one.kind))),
    geometry: [place, ...stops.map((one) => one.place)].map(({ lat, lon }): [number, number] => [lon, lat]),
    distanceM: 1_000,
    durationS: 200,
    computedAtMs: clock.nowMs(),
  })
  const driverState = () =>
    ({
      driver: { vehicle: 'bicycle' },
      shift: { startedAtMs: 0, endsAtMs: null },
      place,
      offers,
      route: route(),
    }) as unknown as DriverState
  const merchantOrder = () =>
    ({
      id: 'order',
      version,
      ...state,
      column: arrived['left'] ? 'handed_over' : 'preparing',
      placedAtMs,
      acceptedAtMs: arrived['accepted'] ?? null,
      kitchenReadyMs: readyAtMs,
      readyAtMs: state.kitchen === 'ready' ? readyAtMs : null,
      driver: hasDriver(state) ? { name: 'Ana' } : null,
    }) as unknown as MerchantOrder
  const board = () => ({ merchant: { prepMinutes: 20 }, orders: [merchantOrder()] }) as unknown as MerchantBoard
  const tell = () => {
    clock.after(300, () => topics.driver?.onChange({ type: 'route_update', route: route() } as TopicChange))
    clock.after(300, () =>
      topics.kitchen?.onChange({
        type: 'status_update',
        orderId: 'order',
        version,
        merchantOrder: merchantOrder(),
      } as TopicChange),
    )
  }
  const move = (action: OrderAction, actor: Actor, expected?: number) => {
    if (expected !== undefined && expected !== version) return refuse('stale_version')
    const moved = transition(state, action, actor)
    if (!moved.ok) return refuse('action_not_allowed')
    state = moved.value.state
    version++
    events.push(action)
    if (action === 'arrive_at_merchant') arrived['pickup'] = clock.nowMs()
    if (action === 'arrive_at_customer') arrived['drop'] = clock.nowMs()
    if (action === 'pick_up') arrived['left'] = clock.nowMs()
    if (action === 'pick_up' || action === 'deliver') stops = stops.slice(1)
    if (action === 'ready') readyAtMs = clock.nowMs()
    if (action === 'unassign') stops = []
    tell()
    return undefined
  }
  const refuse = (code: string) => {
    events.push(code)
    return { ok: false, error: { kind: 'refused', problem: { code } } }
  }
  const offer = () => {
    move('offer', 'system')
    offers = [{ id: `offer ${version}`, orderId: 'order' } as unknown as Offer]
    clock.after(300, () => topics.driver?.onChange({ type: 'new_offer', offer: offers[0]! } as TopicChange))
  }
  const answer = (key: string, body: { action?: OrderAction; version?: number; prepMinutes?: number; minutes?: number } = {}) => {
    switch (key) {
      case 'GET /driver':
        return driverState()
      case 'GET /merchant/board':
        return board()
      case 'POST /driver/offers/:orderId/accept':
        offers = []
        stops = [stop('pickup'), stop('drop')]
        return move('accept_offer', 'driver') ?? driverState()
      case 'POST /driver/offers/:orderId/decline':
        offers = []
        return move('decline_offer', 'driver') ?? driverState()
      case 'PATCH /orders/:id/status':
        return move(body.action!, 'driver', body.version) ?? { version }
      case 'POST /merchant/orders/:id/accept':
        readyAtMs = clock.nowMs() + body.prepMinutes! * 60_000
        arrived['accepted'] = clock.nowMs()
        return move('accept', 'merchant', body.version) ?? merchantOrder()
      case 'POST /merchant/orders/:id/delay':
        readyAtMs += body.minutes! * 60_000
        return move('delay', 'merchant', body.version) ?? merchantOrder()
      case 'POST /merchant/orders/:id/start':
        return move('start_preparing', 'merchant', body.version) ?? merchantOrder()
      default:
        return move(key.split('/').at(-1) as OrderAction, 'merchant', body.version) ?? merchantOrder()
    }
  }

  return {
    events,
    topics,
    driverState,
    board,
    offer,
    unassign: () => move('unassign', 'dispatcher'),
    /** Where the driver was said to be, and when. */
    fixes: [] as WirePosition[],
    takePosition(fix: WirePosition) {
      place = { lat: fix.lat, lon: fix.lon }
      this.fixes.push({ ...fix })
    },
    call: (async (key: Call['key'], input?: { body?: never }) => {
      const answered = answer(key, input?.body)
      return answered && 'ok' in answered ? answered : { ok: true, value: answered }
    }) as never,
  }
}
