import type { Bridge } from '../bridge.ts'
import { createThemeSwitch } from '../theme/theme.ts'
import { connectLive } from './connect-live.ts'
import { createConsoleActions } from './console-actions.ts'
import type { Console } from './console-context.ts'
import { type ConsoleStore, createConsoleStore, putBoard } from './console-store.ts'
import type { DispatchApi } from './dispatch-api.ts'
import { createFleetStore } from './fleet-store.ts'
import { followPolicy } from './follow-policy.ts'
import { followRoute } from './follow-route.ts'
import { createHttpDispatchApi } from './http-dispatch-api.ts'
import { createLiveHandle, type LiveHandle } from './live-handle.ts'
import { createServerClock, type ServerClock } from './server-clock.ts'
import { createSession } from './session.ts'
import { createTick } from './tick.ts'

/** A console and the handle its map holds the live connection by. */
export interface StartedConsole {
  console: Console
  live: LiveHandle
}

/** Puts a console together for a page and starts it: session, board, live connection. */
export function startConsole(page: Window, bridge: Bridge): StartedConsole {
  const store = createConsoleStore()
  const clock = createServerClock()
  const live = createLiveHandle()
  const fleet = createFleetStore()
  const leave = () => {
    live.connection?.close()
    live.connection = null
    fleet.keepOnly(new Set())
  }
  const api = createHttpDispatchApi(bridge.serverUrl(), () => {
    if (store.getState().phase !== 'ready') return
    leave()
    store.setState({ phase: 'signed_out', me: null })
  })
  const enter = async (zoneId?: string) => {
    const entered = await enterZone({ store, api, clock }, zoneId)
    if (!entered) return
    live.connection = connectLive(
      {
        store,
        fleet,
        clock,
        serverUrl: bridge.serverUrl(),
        openSocket: (url, protocol) => new WebSocket(url, protocol) as never,
        token: () => session.token() ?? undefined,
        showCells: (cells) => live.onCells(cells),
        onEnded: (code) => code === 4401 && store.setState({ phase: 'signed_out', me: null }),
      },
      entered,
      live.view,
    )
  }
  const session = createSession({ store, api, clock, bridge, enter, leave })
  const actions = createConsoleActions({ store, api, clock })
  const console: Console = {
    store,
    fleet,
    clock,
    tick: createTick(),
    api,
    actions,
    session,
    bridge,
    theme: createThemeSwitch(page),
  }
  followRoute(store, api)
  followPolicy(store, api)
  followLooking(store, live)
  notifyOfAlerts(console)
  countAlerts(console)
  void begin(console, page, live)
  return { console, live }
}

async function begin({ session, bridge, actions }: Console, page: Window, live: LiveHandle) {
  let hasToken = false
  bridge.onLink((link) => {
    if (link.kind === 'token') {
      hasToken = true
      void session.takeToken(link.token)
    } else actions.select(link)
  })
  page.addEventListener('online', () => live.connection?.reconnectNow())
  if (!hasToken) await session.start()
}

interface Deps {
  store: ConsoleStore
  api: DispatchApi
  clock: ServerClock
}

/** Loads a zone's board, and beside it what changes rarely: zones and merchants. Answers the zone, or nothing on failure. */
async function enterZone({ store, api, clock }: Deps, zoneId?: string): Promise<string | undefined> {
  const board = await api.board(zoneId)
  if (!board.ok) {
    store.setState({ phase: 'failed', failure: board.error.detail ?? board.error.title })
    return undefined
  }
  clock.set(board.value.atMs)
  putBoard(store, board.value)
  void loadZones({ store, api, clock }, board.value.zoneId)
  void loadMerchants({ store, api, clock })
  return board.value.zoneId
}

async function loadZones({ store, api }: Deps, zoneId: string) {
  const zones = await api.zones()
  if (!zones.ok) return
  const mine = store.getState().me?.zoneIds
  const seen = zones.value.items.filter((zone) => !mine || mine.includes(zone.id))
  const rings = zones.value.items.find((zone) => zone.id === zoneId)?.polygon ?? null
  store.setState({ zones: seen.map(({ id, name }) => ({ id, name })), zoneRings: rings as [number, number][][] | null })
}

/** Merchants are read in pages; a city has some hundreds, and this is the bound for one that has more. */
const MERCHANT_PAGES = 10

async function loadMerchants({ store, api }: Deps) {
  const centre = store.getState().about?.city.centre
  if (!centre) return
  const merchants: { id: string; name: string; lat: number; lon: number }[] = []
  let cursor: string | undefined
  for (let page = 0; page < MERCHANT_PAGES; page++) {
    const result = await api.merchantsNear(centre.lat, centre.lon, 20_000, cursor)
    if (!result.ok) break
    merchants.push(...result.value.items.map(({ id, name, position }) => ({ id, name, ...position })))
    cursor = result.value.nextCursor ?? undefined
    if (!cursor) break
  }
  store.setState({ merchants })
}

/** Tells the others which order is open here. */
function followLooking(store: ConsoleStore, live: LiveHandle) {
  store.subscribe((next, before) => {
    if (next.selection === before.selection) return
    live.connection?.look(next.selection?.kind === 'order' ? next.selection.id : null)
  })
}

/** Tray and dock of the desktop count what needs somebody. */
function countAlerts({ store, bridge }: Console) {
  store.subscribe((next, before) => {
    if (next.alerts === before.alerts) return
    const count = (...classes: string[]) => next.alerts.filter((alert) => classes.includes(alert.class)).length
    bridge.showCounts?.({ actNow: count('stuck', 'unassigned', 'gps_dark'), atRisk: count('at_risk', 'late', 'merchant_slow') })
  })
}

/** Alerts that somebody must act on reach a dispatcher who looks elsewhere. */
function notifyOfAlerts({ store, bridge, actions }: Console) {
  store.subscribe((next, before) => {
    if (next.alerts === before.alerts || before.phase !== 'ready' || before.alerts.length === 0) return
    const known = new Set(before.alerts.map((alert) => alert.id))
    for (const alert of next.alerts) {
      if (known.has(alert.id) || (alert.class !== 'stuck' && alert.class !== 'unassigned')) continue
      const [orderId] = alert.orderIds
      bridge.notify('Doorstep', alert.text, () => orderId && actions.select({ kind: 'order', id: orderId }))
    }
  })
}
