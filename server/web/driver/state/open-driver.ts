import { createLiveClient, hostTimers } from '@doorstep/shared/client'
import type { About, DriverState, Me, TopicChange } from '@doorstep/shared/contract'
import { toast } from '../../kit/index.ts'
import { createOutbox } from '../outbox/create-outbox.ts'
import { memoryOutboxStore, type OutboxStore, openOutboxStore } from '../outbox/outbox-store.ts'
import { words } from '../words.ts'
import { aloneInBrowser } from './alone.ts'
import type { DriverCore } from './driver-core.ts'
import type { DriverView } from './driver-view.ts'
import { takeChange } from './take-change.ts'

const KEPT_ME = 'doorstep.driver.me'

/** Finds out who sits here and opens their day; without a connection, as it was left. */
export async function openDriver(core: DriverCore): Promise<void> {
  core.view.setState({ phase: 'loading', problem: null })
  const about = await core.client.call('GET /about')
  if (!about.ok) return openFromBefore(core)
  core.clock.sync(about.value.nowMs, about.value.clockSpeed)
  core.view.setState({ about: about.value })
  const me = await core.client.call('GET /auth/me')
  if (!me.ok) {
    const hadSeat = core.seat.token() !== undefined
    if (me.error.kind === 'refused') core.seat.keep(undefined)
    // The tab's own seat is over; the browser's session may not be.
    if (hadSeat && me.error.kind === 'refused') return openDriver(core)
    if (me.error.kind === 'refused') core.view.setState({ phase: 'signed_out' })
    else await openFromBefore(core)
    return
  }
  await openSeat(core, about.value, me.value)
}

/** Opens the day of somebody who signed in. */
export async function openSeat(core: DriverCore, about: About, me: Me): Promise<void> {
  if (me.role !== 'driver' || !me.driverId) {
    core.view.setState({ phase: 'other_seat', me })
    return
  }
  if (about.isDemo && core.seat.token() === undefined) await pinSeat(core, me)
  localStorage.setItem(KEPT_ME, JSON.stringify({ about, me, serverAheadMs: core.clock.nowMs() - Date.now() }))
  await openDay(core, about, me, me.driverId)
  await refresh(core)
}

/** In a demo this tab keeps its seat, whatever other tabs sign in to. */
async function pinSeat(core: DriverCore, me: Me): Promise<void> {
  const pinned = await core.client.call('POST /auth/demo', { body: { email: me.email } })
  if (pinned.ok) core.seat.keep(pinned.value.token)
}

async function openFromBefore(core: DriverCore): Promise<void> {
  const kept = localStorage.getItem(KEPT_ME)
  if (!kept) {
    core.view.setState({ phase: 'unreachable' })
    return
  }
  const { about, me, serverAheadMs } = JSON.parse(kept) as { about: About; me: Me; serverAheadMs: number }
  if (!me.driverId) return
  core.clock.sync(Date.now() + serverAheadMs, about.clockSpeed)
  core.view.setState({ isFromBefore: true, lostAtMs: core.clock.nowMs(), live: 'offline' })
  await openDay(core, about, me, me.driverId)
}

async function openDay(core: DriverCore, about: About, me: Me, driverId: string): Promise<void> {
  closeDriver(core)
  core.store = await openStore(driverId)
  const known = (await core.store.recall('state')) as DriverState | undefined
  const orders = ((await core.store.recall('orders')) ?? {}) as DriverView['orders']
  core.view.setState(({ state }) => ({ about, me, orders, state: state ?? known ?? null, isFromBefore: true }))
  core.view.setState({ phase: 'ready' })
  core.outbox = createOutbox({
    store: core.store,
    client: core.client,
    timers: hostTimers,
    newId: () => crypto.randomUUID(),
    alone: aloneInBrowser(`doorstep-outbox-${driverId}`),
    changed: (entries) => core.view.setState({ entries: [...entries] }),
    settled: () => void refresh(core),
    signedOut: () => core.view.setState({ phase: 'signed_out' }),
  })
  void core.outbox.start()
  openLive(core, about, driverId)
}

async function openStore(driverId: string): Promise<OutboxStore> {
  const store = openOutboxStore(driverId)
  try {
    await store.read()
    return store
  } catch {
    return memoryOutboxStore() // IndexedDB is refused, as in some private windows: nothing survives a reload then
  }
}

function openLive(core: DriverCore, about: About, driverId: string): void {
  const url = new URL('/api/v1/live', location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const live = createLiveClient({
    url: url.href,
    openSocket: (address, protocol) => new WebSocket(address, protocol) as never,
    client: 'driver-app',
    token: () => core.seat.token(),
    onState(state) {
      const isUp = state === 'live' || state === 'catching_up'
      if (isUp) core.clock.sync(live.serverNowMs(), about.clockSpeed)
      core.view.setState(({ lostAtMs }) => ({ live: state, lostAtMs: isUp ? null : (lostAtMs ?? core.clock.nowMs()) }))
      if (!isUp) return
      core.outbox?.sendNow()
      core.positions.flush()
    },
    onEnded: (code) => code === 4401 && core.view.setState({ phase: 'signed_out' }),
  })
  core.live = live
  live.subscribe(`driver:${driverId}`, {
    onSnapshot: (body) => core.take(body as DriverState),
    onChange: (change) => takeLiveChange(core, change),
  })
}

function takeLiveChange(core: DriverCore, change: TopicChange): void {
  const { state } = core.view.getState()
  if (!state) return
  core.take(takeChange(state, change))
  if (change.type === 'order_cancelled') toast(words.notice.cancelled(change.number, change.reason))
  if (change.type !== 'offer_expired' || change.reason === 'declined') return
  const offer = state.offers.find((one) => one.orderId === change.orderId)
  if (offer) toast(words.notice.offerOver[change.reason](offer.number))
}

/** Reads the driver's state anew. */
export async function refresh(core: DriverCore): Promise<void> {
  const state = await core.client.call('GET /driver')
  if (state.ok) core.take(state.value)
  const earnings = await core.client.call('GET /driver/earnings', { query: { days: 1 } })
  const timeZone = core.view.getState().about?.city.timeZone
  const today = new Intl.DateTimeFormat('sv-SE', { ...(timeZone && { timeZone }), dateStyle: 'short' }).format(core.clock.nowMs())
  const day = earnings.ok ? earnings.value.days.find((one) => one.day === today) : undefined
  if (earnings.ok) core.view.setState({ earnedTodayMinor: day ? day.payMinor + day.tipMinor : 0 })
}

/** Ends what runs for the person who sat here. */
export function closeDriver(core: DriverCore): void {
  core.live?.close()
  core.outbox?.close()
  core.live = undefined
  core.outbox = undefined
}
