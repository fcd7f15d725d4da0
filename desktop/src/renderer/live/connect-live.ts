import { createLiveClient, type LiveState, type LiveTopic, type LiveView, type OpenSocket } from '@doorstep/shared/client'
import type { Alert, BoardDriver, BoardOrder, DispatchBoard } from '@doorstep/shared/contract'
import { createFrameReader, type FleetCell, type FrameReader } from './apply-frame.ts'
import { type ConsoleStore, forgetEnded, putAlerts, putBoard, putDrivers, putOrders } from './console-store.ts'
import type { FleetStore } from './fleet-store.ts'
import type { LinkState } from './link-state.ts'
import type { ServerClock } from './server-clock.ts'

/** The live connection of a console to one zone. */
export interface LiveConnection {
  /** Tells the server what the map shows, so that it sends no more than that. */
  setView(view: LiveView): void
  look(orderId: string | null): void
  frames: FrameReader
  reconnectNow(): void
  close(): void
}

interface Deps {
  store: ConsoleStore
  fleet: FleetStore
  clock: ServerClock
  serverUrl: string
  openSocket: OpenSocket
  token: () => string | undefined
  showCells: (cells: FleetCell[]) => void
  onEnded: (code: number) => void
}

/** How long ended orders stay for the timeline. */
const KEEP_ENDED_MS = 30 * 60_000
const HOUSEKEEPING_MS = 5_000

/** Follows a zone's orders, alerts and fleet; positions go to the fleet store, all else to the console's store. */
export function connectLive(deps: Deps, zoneId: string, view: LiveView): LiveConnection {
  const { store, fleet, clock } = deps
  const frames = createFrameReader(fleet, deps.showCells)
  let state: LiveState = 'connecting'
  let aloneSinceMs: number | undefined
  const show = () => {
    if (state === 'live' && aloneSinceMs !== undefined) putLink(store, 'alone', aloneSinceMs)
    else putLink(store, state, performance.now())
  }
  const client = createLiveClient({
    url: `${deps.serverUrl.replace(/^http/, 'ws')}/api/v1/live`,
    openSocket: deps.openSocket,
    client: 'console',
    token: deps.token,
    onFrame: (frame) => frames.take(frame),
    onState(next) {
      state = next
      show()
    },
    onNode(bus, sinceMs) {
      aloneSinceMs = bus === 'lost' ? performance.now() - Math.max(0, client.serverNowMs() - sinceMs) : undefined
      show()
    },
    onEnded: (code) => deps.onEnded(code),
  })
  followOrders(deps, client.subscribe, zoneId)
  followAlerts(store, client.subscribe, zoneId)
  const fleetTopic = client.subscribe(`zone:${zoneId}:fleet`, { onRefused: (_, detail) => markStale(store, detail) }, view)
  const timer = setInterval(() => {
    const isConnected = client.state() === 'live' || client.state() === 'catching_up'
    if (isConnected) clock.set(client.serverNowMs())
    forgetEnded(store, clock.nowMs() - KEEP_ENDED_MS)
    const latencyMs = client.latencyMs() ?? null
    if (store.getState().link.latencyMs !== latencyMs) store.setState((s) => ({ link: { ...s.link, latencyMs } }))
  }, HOUSEKEEPING_MS)
  return {
    frames,
    setView: (next) => fleetTopic.setView(next),
    look: (orderId) => client.look(zoneId, orderId),
    reconnectNow: () => client.reconnectNow(),
    close() {
      clearInterval(timer)
      client.close()
    },
  }
}

type Subscribe = (topic: string, listener: Parameters<ReturnType<typeof createLiveClient>['subscribe']>[1]) => LiveTopic

function followOrders({ store, clock }: Deps, subscribe: Subscribe, zoneId: string) {
  subscribe(`zone:${zoneId}:orders`, {
    onSnapshot(body) {
      const board = body as DispatchBoard
      clock.set(board.atMs)
      putBoard(store, board)
    },
    onChange(change) {
      if (change.type !== 'board_update') return
      putOrders(store, change.orders as BoardOrder[])
      putDrivers(store, change.drivers as BoardDriver[])
    },
    onPresence: (present) =>
      store.setState((s) => ({ others: present.filter((each) => each.userId !== s.me?.id && each.client === 'console') })),
    onRefused: (_, detail) => markStale(store, detail),
  })
}

function followAlerts(store: ConsoleStore, subscribe: Subscribe, zoneId: string) {
  subscribe(`zone:${zoneId}:alerts`, {
    onSnapshot: (body) => putAlerts(store, (body as { alerts: Alert[] }).alerts),
    onChange(change) {
      if (change.type !== 'alert_update') return
      const gone = new Set([...change.cleared, ...change.raised.map(({ id }) => id)])
      putAlerts(store, [...store.getState().alerts.filter(({ id }) => !gone.has(id)), ...(change.raised as Alert[])])
    },
    onRefused: (_, detail) => markStale(store, detail),
  })
}

function markStale(store: ConsoleStore, detail: string | null) {
  store.setState((s) => ({ link: { ...s.link, state: 'stale', sinceMs: performance.now() }, failure: detail }))
}

function putLink(store: ConsoleStore, state: LinkState, sinceMs: number) {
  store.setState((s) => (s.link.state === state ? {} : { link: { ...s.link, state, sinceMs } }))
}
