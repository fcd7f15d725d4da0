import type { About, Alert, BoardDriver, BoardOrder, DispatchBoard, Me } from '@doorstep/shared/contract'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { NO_FILTER, type QueueFilter } from '../board/filter-queue.ts'
import { type AlertClass, alertsByOrder } from '../board/order-look.ts'
import { DEFAULT_SORT, type Sort } from '../board/sort-queue.ts'
import type { Route } from './dispatch-api.ts'
import type { Link } from './link-state.ts'

/** What is selected, everywhere at once. */
export type Selection = { kind: 'order'; id: string } | { kind: 'driver'; id: string }

/** The zone on screen, without its orders and drivers. */
export type ZoneHead = Pick<DispatchBoard, 'zoneId' | 'zoneName' | 'timeZone' | 'currency' | 'policy'>

/** A sentence at the bottom: what was done and whether it can be taken back, or why it was refused. */
export interface Notice {
  tone: 'done' | 'refused'
  text: string
  /** Shown after the text, in grey. */
  detail?: string
  /** The order it is about. */
  orderId?: string
  /** What changed, old and new side by side. */
  changes?: readonly Change[]
  atMs: number
}

/** One thing a command changed. */
export interface Change {
  what: string
  was: string
  now: string
}

/** A command of this console that the server can still compensate. */
export interface Undoable {
  commandId: string
  orderId: string
  text: string
}

/** A merchant of the zone, as far as the map shows it. */
export interface MerchantPlace {
  id: string
  name: string
  lat: number
  lon: number
}

/** Somebody else with a console on this zone, and the order they look at. */
export interface Other {
  client: string
  userId: string
  name: string
  orderId: string | null
}

/** A driver's route as last heard; `refusal` says why there is none. */
export interface ShownDriverRoute {
  driverId: string
  route: Route | null
  refusal: string | null
}

/** Everything the console shows that changes by the second or slower; positions live in the fleet store instead. */
export interface ConsoleState {
  phase: 'starting' | 'signed_out' | 'loading' | 'ready' | 'failed'
  /** With `failed`: what went wrong, in the server's words where it has any. */
  failure: string | null
  about: About | null
  me: Me | null
  zone: ZoneHead | null
  zones: readonly { id: string; name: string }[]
  orders: ReadonlyMap<string, BoardOrder>
  drivers: ReadonlyMap<string, BoardDriver>
  alerts: readonly Alert[]
  alertsOf: ReadonlyMap<string, ReadonlySet<AlertClass>>
  merchants: readonly MerchantPlace[]
  /** Outer rings and holes of the zone, once known. */
  zoneRings: [number, number][][] | null
  link: Link
  others: readonly Other[]
  selection: Selection | null
  filter: QueueFilter
  sort: Sort
  /** The exception chip in the light; everything else is dimmed. */
  exception: AlertClass | null
  /** Drivers an order may be given to are on screen and 1 to 5 choose among them. */
  isChoosing: boolean
  /** The drivers on screen for an order, in the order of their number keys. */
  ranked: { orderId: string; driverIds: readonly string[] } | null
  /** The route of the selected order's driver, or of the selected driver; null while unknown. */
  route: ShownDriverRoute | null
  overlay: 'palette' | 'help' | null
  notice: Notice | null
  undos: readonly Undoable[]
}

export type ConsoleStore = StoreApi<ConsoleState>

/** An empty console. */
export function createConsoleStore(): ConsoleStore {
  return createStore<ConsoleState>(() => ({
    phase: 'starting',
    failure: null,
    about: null,
    me: null,
    zone: null,
    zones: [],
    orders: new Map(),
    drivers: new Map(),
    alerts: [],
    alertsOf: new Map(),
    merchants: [],
    zoneRings: null,
    link: { state: 'connecting', latencyMs: null, sinceMs: 0 },
    others: [],
    selection: null,
    filter: NO_FILTER,
    sort: DEFAULT_SORT,
    exception: null,
    isChoosing: false,
    ranked: null,
    route: null,
    overlay: null,
    notice: null,
    undos: [],
  }))
}

/** Takes a whole board: what is not on it is gone. */
export function putBoard(store: ConsoleStore, board: DispatchBoard): void {
  store.setState({
    phase: 'ready',
    failure: null,
    zone: {
      zoneId: board.zoneId,
      zoneName: board.zoneName,
      timeZone: board.timeZone,
      currency: board.currency,
      policy: board.policy,
    },
    orders: new Map(board.orders.map((order) => [order.id, order])),
    drivers: new Map(board.drivers.map((driver) => [driver.id, driver])),
    alerts: board.alerts,
    alertsOf: alertsByOrder(board.alerts),
  })
}

/** Takes changed orders; an older version of an order never replaces a newer one. */
export function putOrders(store: ConsoleStore, changed: readonly BoardOrder[]): void {
  if (changed.length === 0) return
  const orders = new Map(store.getState().orders)
  for (const order of changed) {
    const known = orders.get(order.id)
    if (!known || known.version <= order.version) orders.set(order.id, order)
  }
  store.setState({ orders })
}

/** Takes changed drivers. */
export function putDrivers(store: ConsoleStore, changed: readonly BoardDriver[]): void {
  if (changed.length === 0) return
  const drivers = new Map(store.getState().drivers)
  for (const driver of changed) drivers.set(driver.id, driver)
  store.setState({ drivers })
}

/** Takes the alerts as they are now. */
export function putAlerts(store: ConsoleStore, alerts: readonly Alert[]): void {
  store.setState({ alerts, alertsOf: alertsByOrder(alerts) })
}

/** Ended orders stay on the board for a while so that the timeline can show them, then go. */
export function forgetEnded(store: ConsoleStore, beforeMs: number): void {
  const { orders, selection } = store.getState()
  const kept = new Map(
    [...orders].filter(([id, order]) => order.endedAtMs === null || order.endedAtMs >= beforeMs || selection?.id === id),
  )
  if (kept.size < orders.size) store.setState({ orders: kept })
}
