import type {
  About,
  Agreement,
  Alert,
  BoardDriver,
  BoardOrder,
  DispatchBoard,
  DispatchPolicy,
  Me,
  WhatIf,
} from '@doorstep/shared/contract'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { NO_FILTER, type QueueFilter } from '../board/filter-queue.ts'
import { type AlertClass, alertsByOrder, type ExceptionClass } from '../board/order-look.ts'
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

/** What one step back takes back: one command, or all that one bulk action or one moved route did. */
export interface Undoable {
  text: string
  commands: readonly { commandId: string; orderId: string; number: number }[]
}

/** What became of one order of an action on several. */
export interface ReportRow {
  orderId: string
  number: number
  isDone: boolean
  text: string
}

/** What became of each order of the last action on several. */
export interface Report {
  title: string
  rows: readonly ReportRow[]
  /** Orders still being worked on. */
  left: number
}

/** A question a command needs answered first: which driver, how long, for what reason. */
export type Question = 'assign' | 'pin' | 'extend' | 'hold' | 'unassign' | 'move_route'

/** Orders in the hand of the pointer, and the driver they are held over. */
export interface Drag {
  orderIds: readonly string[]
  overDriverId: string | null
  /** What is known of giving them to that driver, by order. */
  costs: ReadonlyMap<string, WhatIf>
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
  exception: ExceptionClass | null
  /** Orders marked beside the selected one; commands then go to all of them. */
  marked: ReadonlySet<string>
  /** Where a range of marks began. */
  anchorId: string | null
  /** What is being asked before a command is given; with drivers on screen 1 to 5 choose among them. */
  question: Question | null
  /** The reason written for it so far. */
  reason: string
  /** The drivers on screen, in the order of their number keys, and whom they are for. */
  ranked: { forId: string; driverIds: readonly string[] } | null
  drag: Drag | null
  /** The zone’s whole policy and how staff and planner agree, once known. */
  policy: DispatchPolicy | null
  agreement: Agreement | null
  /** The route of the selected order's driver, or of the selected driver; null while unknown. */
  route: ShownDriverRoute | null
  overlay: Overlay | null
  notice: Notice | null
  /** Why the last command on an order was refused, shown in its row until the order changes. */
  refusals: ReadonlyMap<string, { text: string; version: number }>
  report: Report | null
  undos: readonly Undoable[]
  redos: readonly Undoable[]
}

/** What lies over the board. */
export type Overlay = 'palette' | 'help' | 'policy' | 'agreement'

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
    marked: new Set(),
    anchorId: null,
    question: null,
    reason: '',
    ranked: null,
    drag: null,
    policy: null,
    agreement: null,
    route: null,
    overlay: null,
    notice: null,
    refusals: new Map(),
    report: null,
    undos: [],
    redos: [],
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
  const { orders: before, refusals: told } = store.getState()
  const orders = new Map(before)
  const refusals = new Map(told)
  for (const order of changed) {
    const known = orders.get(order.id)
    if (!known || known.version <= order.version) orders.set(order.id, order)
    if ((refusals.get(order.id)?.version ?? order.version) < order.version) refusals.delete(order.id)
  }
  store.setState(refusals.size < told.size ? { orders, refusals } : { orders })
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
  const isKept = ([id, order]: [string, BoardOrder]) =>
    order.endedAtMs === null || order.endedAtMs >= beforeMs || selection?.id === id
  const kept = new Map([...orders].filter(isKept))
  if (kept.size < orders.size) store.setState({ orders: kept })
}
