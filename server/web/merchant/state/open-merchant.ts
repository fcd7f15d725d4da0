import { createLiveClient } from '@doorstep/shared/client'
import type { About, Me, MerchantBoard, TopicChange } from '@doorstep/shared/contract'
import { toast } from '../../kit/index.ts'
import { forgetOld } from '../board/ringing.ts'
import { words } from '../words.ts'
import type { MerchantCore } from './merchant-core.ts'
import { soundOf, takeBoardChange } from './take-board-change.ts'

/** Finds out whose kitchen this is and opens its board. */
export async function openMerchant(core: MerchantCore): Promise<void> {
  core.view.setState({ phase: 'loading', problem: null })
  const about = await core.client.call('GET /about')
  if (!about.ok) return core.view.setState({ phase: 'unreachable' })
  core.clock.set(about.value.nowMs, about.value.clockSpeed)
  core.view.setState({ about: about.value })
  const me = await core.client.call('GET /auth/me')
  if (me.ok) return openSeat(core, about.value, me.value)
  const hadSeat = core.seat.token() !== undefined
  if (me.error.kind === 'refused') core.seat.keep(undefined)
  // The tab's own seat is over; the browser's session may not be.
  if (hadSeat && me.error.kind === 'refused') return openMerchant(core)
  core.view.setState({ phase: me.error.kind === 'refused' ? 'signed_out' : 'unreachable' })
}

/** Opens the board of somebody who signed in. */
export async function openSeat(core: MerchantCore, about: About, me: Me): Promise<void> {
  core.view.setState({ me })
  if (me.role !== 'merchant' || !me.merchantId) return core.view.setState({ phase: 'other_seat' })
  if (about.isDemo && core.seat.token() === undefined) {
    const pinned = await core.client.call('POST /auth/demo', { body: { email: me.email } })
    if (pinned.ok) core.seat.keep(pinned.value.token)
  }
  core.view.setState({ phase: 'ready' })
  openLive(core, me.merchantId)
  await Promise.all([refreshBoard(core), refreshShop(core), refreshMenu(core)])
}

function openLive(core: MerchantCore, merchantId: string): void {
  core.live?.close()
  const live = createLiveClient({
    url: `${location.origin.replace(/^http/, 'ws')}/api/v1/live`,
    openSocket: (address, protocol) => new WebSocket(address, protocol) as never,
    client: 'merchant-app',
    token: () => core.seat.token(),
    onState(state) {
      const isUp = state === 'live' || state === 'catching_up'
      if (isUp) core.clock.set(live.serverNowMs())
      core.view.setState(({ lostAtMs }) => ({ live: state, lostAtMs: isUp ? null : (lostAtMs ?? core.clock.nowMs()) }))
    },
    onEnded: (code) => code === 4401 && core.view.setState({ phase: 'signed_out' }),
  })
  core.live = live
  live.subscribe(`merchant:${merchantId}`, {
    onSnapshot: (body) => showBoard(core, body as MerchantBoard),
    onChange: (change) => takeLive(core, change),
  })
}

function takeLive(core: MerchantCore, change: TopicChange): void {
  const { board } = core.view.getState()
  if (!board) return
  showBoard(core, takeBoardChange(board, change))
  const sound = soundOf(change)
  if (sound) core.sounds.play(sound)
  if (change.type === 'order_cancelled' && change.by !== 'merchant') toast(words.notice.cancelled(change.number, change.reason))
}

function showBoard(core: MerchantCore, board: MerchantBoard): void {
  core.view.setState(({ acknowledged, hadDriver }) => ({
    board,
    acknowledged: forgetOld(acknowledged, board.orders),
    hadDriver: new Set([
      ...board.orders.filter((order) => order.driver).map((order) => order.id),
      ...board.orders.filter((order) => hadDriver.has(order.id)).map((order) => order.id),
    ]),
  }))
}

/** Reads the board anew. */
export async function refreshBoard(core: MerchantCore): Promise<void> {
  const board = await core.client.call('GET /merchant/board')
  if (board.ok) showBoard(core, board.value)
}

/** Reads the shop anew: hours, pause, busy minutes. */
export async function refreshShop(core: MerchantCore): Promise<void> {
  const shop = await core.client.call('GET /merchant/shop')
  if (shop.ok) core.view.setState({ shop: shop.value })
}

/** Reads the menu anew. */
export async function refreshMenu(core: MerchantCore): Promise<void> {
  const menu = await core.client.call('GET /merchant/menu')
  if (menu.ok) core.view.setState({ menu: menu.value })
}
