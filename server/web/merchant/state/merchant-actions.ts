import type { ApiProblem } from '@doorstep/shared/client'
import type { Merchant, MerchantOrder } from '@doorstep/shared/contract'
import type { MenuItemId, Result } from '@doorstep/shared/domain'
import { describeProblem, hasCode, toast } from '../../kit/index.ts'
import { words } from '../words.ts'
import type { MerchantCore } from './merchant-core.ts'
import { openMerchant, openSeat, refreshBoard, refreshMenu, refreshShop } from './open-merchant.ts'

/** What a button of an order asks for. */
export type OrderCommand =
  | { kind: 'accept'; prepMinutes: number }
  | { kind: 'start' }
  | { kind: 'ready' }
  | { kind: 'delay'; minutes: number }
  | { kind: 'reject'; reason: string }
  | { kind: 'hand_over' }

/** Everything the screens can do. */
export interface MerchantActions {
  open(): void
  signIn(email: string, password: string): Promise<void>
  takeDemoSeat(): Promise<void>
  signOut(): Promise<void>
  startShift(): Promise<void>
  acknowledge(id: string): void
  command(order: MerchantOrder, command: OrderCommand): Promise<void>
  changeShop(change: { pausedUntilMs?: number | null; busyExtraMinutes?: number }): Promise<void>
  setStock(itemId: MenuItemId, available: boolean, untilMs: number | null): Promise<void>
  retryNow(): void
}

/** Binds the actions to a core. */
export function createActions(core: MerchantCore): MerchantActions {
  const { client, view } = core
  const login = (email: string, password: string) => client.call('POST /auth/login', { body: { email, password } })
  const signIn = async (call: ReturnType<typeof login>) => {
    view.setState({ isBusy: true, problem: null })
    const answer = await call
    view.setState({ isBusy: false })
    if (!answer.ok) return view.setState({ problem: describeProblem(answer.error) })
    const about = view.getState().about
    if (!about) return openMerchant(core)
    if (about.isDemo) core.seat.keep(answer.value.token)
    await openSeat(core, about, answer.value.user)
  }
  const acknowledge = (id: string) => view.setState(({ acknowledged }) => ({ acknowledged: new Set([...acknowledged, id]) }))
  return {
    open: () => void openMerchant(core),
    signIn: (email, password) => signIn(login(email, password)),
    takeDemoSeat: () => signIn(client.call('POST /auth/demo', { body: { role: 'merchant' } })),
    async signOut() {
      await client.call('POST /auth/logout')
      core.live?.close()
      core.seat.keep(undefined)
      view.setState({ phase: 'signed_out', me: null, board: null, shop: null, menu: null, isShiftOn: false })
    },
    async startShift() {
      await core.sounds.unlock()
      view.setState({ isShiftOn: true })
    },
    acknowledge,
    async command(order, command) {
      if (view.getState().pending.has(order.id)) return
      acknowledge(order.id)
      setPending(core, order.id, true)
      const answer = await sendUntilSeen(core, order, command)
      setPending(core, order.id, false)
      if (answer.ok) return core.put(answer.value)
      await explain(core, order, answer.error)
    },
    async changeShop(change) {
      const answer = await client.call('PATCH /merchant/shop', { body: change })
      if (answer.ok) view.setState({ shop: answer.value as Merchant })
      else {
        toast(describeProblem(answer.error))
        await refreshShop(core)
      }
    },
    async setStock(itemId, available, untilMs) {
      const answer = await client.call('PUT /merchant/items/:itemId/availability', {
        params: { itemId },
        body: { available, untilMs },
      })
      if (!answer.ok) toast(describeProblem(answer.error))
      await refreshMenu(core)
    },
    retryNow: () => core.live?.reconnectNow(),
  }
}

function setPending(core: MerchantCore, id: string, isPending: boolean): void {
  core.view.setState(({ pending }) => ({
    pending: isPending ? new Set([...pending, id]) : new Set([...pending].filter((one) => one !== id)),
  }))
}

/** Sends a command with the version that was on the screen, so that nobody overrules a change they have not seen. */
function send(core: MerchantCore, order: MerchantOrder, command: OrderCommand): Promise<Result<MerchantOrder, ApiProblem>> {
  const { client } = core
  const { version } = order
  const params = { id: order.id }
  switch (command.kind) {
    case 'accept':
      return client.call('POST /merchant/orders/:id/accept', { params, body: { prepMinutes: command.prepMinutes, version } })
    case 'start':
      return client.call('POST /merchant/orders/:id/start', { params, body: { version } })
    case 'ready':
      return client.call('POST /merchant/orders/:id/ready', { params, body: { version } })
    case 'delay':
      return client.call('POST /merchant/orders/:id/delay', { params, body: { minutes: command.minutes, version } })
    case 'reject':
      return client.call('POST /merchant/orders/:id/reject', { params, body: { reason: command.reason, version } })
    case 'hand_over':
      return client.call('POST /merchant/orders/:id/hand-over', { params, body: { version } })
  }
}

/** Sends a command; where only the delivery's side has moved in the meantime, what the kitchen saw still holds and it is sent again. */
async function sendUntilSeen(core: MerchantCore, order: MerchantOrder, command: OrderCommand) {
  const answer = await send(core, order, command)
  if (answer.ok || !hasCode(answer.error, 'stale_version')) return answer
  await refreshBoard(core)
  const now = core.view.getState().board?.orders.find((one) => one.id === order.id)
  const isSameForKitchen =
    now && now.kitchen === order.kitchen && now.column === order.column && now.kitchenReadyMs === order.kitchenReadyMs
  return isSameForKitchen ? send(core, now, command) : answer
}

async function explain(core: MerchantCore, order: MerchantOrder, error: ApiProblem): Promise<void> {
  if (hasCode(error, 'stale_version', 'action_not_allowed')) {
    const by = error.kind === 'refused' ? (error.problem.changedBy ?? null) : null
    toast(words.notice.changed(order.number, by))
  } else toast(describeProblem(error))
  await refreshBoard(core)
}
