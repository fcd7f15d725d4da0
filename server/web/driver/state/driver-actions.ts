import type { Offer } from '@doorstep/shared/contract'
import type { OrderId } from '@doorstep/shared/domain'
import { describeProblem, hasCode } from '../../kit/index.ts'
import type { OutboxActionName } from '../outbox/outbox-entry.ts'
import type { PositionRun } from '../ride/run-positions.ts'
import type { ShownStop } from '../route/apply-outbox.ts'
import { type FailReason, impliedDeparture, nextAction } from '../route/next-action.ts'
import { words } from '../words.ts'
import type { Attention } from './attention.ts'
import type { DriverCore } from './driver-core.ts'
import { closeDriver, openDriver, openSeat } from './open-driver.ts'
import { shownState } from './shown-state.ts'

/** Everything the screens can do. */
export interface DriverActions {
  open(): void
  signIn(email: string, password: string): Promise<void>
  takeDemoSeat(): Promise<void>
  signOut(): Promise<void>
  goOnline(): Promise<void>
  goOffline(): Promise<void>
  answer(offer: Offer, action: 'accept' | 'decline'): Promise<void>
  /** Does what the big button of a stop says. */
  act(stop: ShownStop): Promise<void>
  failStop(stop: ShownStop, reason: FailReason): Promise<void>
  undo(id: string): void
  dismissRefused(id: string): void
  loadOrder(id: OrderId): Promise<void>
  retryNow(): void
}

/** Binds the actions to a core, its positions and its sounds. */
export function createActions(core: DriverCore, positions: PositionRun, attention: Attention): DriverActions {
  const { client, view } = core
  const signIn = async (call: () => ReturnType<typeof loginCall>) => {
    attention.unlock()
    view.setState({ busy: 'sign_in', problem: null })
    const answer = await call()
    view.setState({ busy: null })
    if (!answer.ok) return view.setState({ problem: describeProblem(answer.error) })
    const about = view.getState().about
    if (!about) return openDriver(core)
    if (about.isDemo) core.seat.keep(answer.value.token)
    await openSeat(core, about, answer.value.user)
  }
  const loginCall = (email: string, password: string) => client.call('POST /auth/login', { body: { email, password } })

  const put = async (stop: ShownStop, action: OutboxActionName, reason?: string) => {
    attention.unlock()
    const { orderId, number, name } = stop
    const before = shownState(view.getState())?.stops ?? []
    const doneAtMs = Math.round(core.clock.nowMs())
    const id = await core.outbox?.add({ action, orderId, number, name, doneAtMs, ...(reason && { reason }) })
    const next = impliedDeparture(before, stop, action)
    if (!id || !next) return
    await core.outbox?.add({
      action: 'depart',
      orderId: next.orderId,
      number: next.number,
      name: next.name,
      doneAtMs,
      becauseOf: id,
    })
  }

  return {
    open: () => void openDriver(core),
    signIn: (email, password) => signIn(() => loginCall(email, password)),
    takeDemoSeat: () => signIn(() => client.call('POST /auth/demo', { body: { role: 'driver' } })),
    async signOut() {
      await client.call('POST /auth/logout')
      positions.stop()
      closeDriver(core)
      core.seat.keep(undefined)
      localStorage.removeItem('doorstep.driver.me')
      view.setState({ phase: 'signed_out', me: null, state: null, entries: [], orders: {} })
    },
    goOnline: () => changeShift(core, attention),
    async goOffline() {
      view.setState({ busy: 'go_offline', problem: null })
      const answer = await client.call('POST /driver/go-offline')
      view.setState({ busy: null })
      if (!answer.ok) {
        const isCarrying = hasCode(answer.error, 'action_not_allowed')
        return view.setState({ problem: isCarrying ? words.goOfflineRefused : describeProblem(answer.error) })
      }
      positions.stop()
      core.take(answer.value)
    },
    async answer(offer, action) {
      attention.unlock()
      const { orderId, number } = offer
      const doneAtMs = Math.round(core.clock.nowMs())
      await core.outbox?.add({
        action,
        orderId,
        number,
        name: offer.merchant.name,
        doneAtMs,
        ...(action === 'accept' && { offer }),
      })
    },
    act: (stop) => put(stop, nextAction(stop)),
    failStop: (stop, reason) => put(stop, 'fail', reason),
    undo: (id) => void core.outbox?.undo(id),
    dismissRefused: (id) => void core.outbox?.dismiss(id),
    async loadOrder(id) {
      if (view.getState().orders[id]) return
      const order = await client.call('GET /orders/:id', { params: { id } })
      if (!order.ok) return
      const orders = Object.fromEntries([...Object.entries(view.getState().orders).slice(-9), [id, order.value]])
      view.setState({ orders })
      void core.store.keep('orders', orders)
    },
    retryNow() {
      core.live?.reconnectNow()
      core.outbox?.sendNow()
    },
  }
}

async function changeShift(core: DriverCore, attention: Attention): Promise<void> {
  attention.unlock()
  const { view } = core
  const { fix } = view.getState()
  view.setState({ busy: 'go_online', problem: null })
  const position = fix ? { ...fix, seq: Math.floor((Date.now() - Date.UTC(2026, 0, 1)) / 100) } : undefined
  const answer = await core.client.call('POST /driver/go-online', { body: position ? { position } : {} })
  view.setState({ busy: null })
  if (!answer.ok) return view.setState({ problem: describeProblem(answer.error) })
  core.take(answer.value)
}
