import type { MerchantId } from '@doorstep/shared/domain'
import { type ActOnOrderDeps, actOnOrder } from '../orders/index.ts'
import { AppError, type Clock, type HandleRoute, type Principal } from '../platform/index.ts'
import { type BoardMerchant, describeMerchantBoard, describeMerchantOrder } from './merchant-view.ts'
import type { Tracker } from './tracker.ts'

/** What the routes of the kitchen's board need. */
export interface MerchantRouteDeps extends ActOnOrderDeps {
  clock: Clock
  tracker: Tracker
  merchantOf(id: MerchantId): Promise<BoardMerchant | undefined>
}

interface BoardRequest {
  params: { id: Parameters<typeof describeMerchantOrder>[2] }
  principal: Principal
  ifMatch: number | null
  body: { version?: number | undefined; reason?: string | undefined }
}

/** Mounts the routes of the kitchen's board: what it shows, and its buttons. */
export function mountMerchantRoutes(handle: HandleRoute, deps: MerchantRouteDeps): void {
  const { db, clock, tracker } = deps
  const act = async ({ params, principal, ifMatch, body }: BoardRequest, action: string, minutes?: number) => {
    const version = body.version ?? ifMatch ?? undefined
    await actOnOrder(deps, principal, { orderId: params.id, action, version, reason: body.reason, minutes }, clock.nowMs())
    return describeMerchantOrder(db, tracker, params.id, principal)
  }

  handle('GET /merchant/board', async ({ principal }) => {
    const merchant = principal.merchantId && (await deps.merchantOf(principal.merchantId))
    if (!merchant) throw new AppError('not_found', 'There is no merchant for this account.')
    return describeMerchantBoard(db, tracker, merchant)
  })
  handle('POST /merchant/orders/:id/accept', (request) => act(request, 'accept', request.body.prepMinutes))
  handle('POST /merchant/orders/:id/start', (request) => act(request, 'start_preparing'))
  handle('POST /merchant/orders/:id/ready', (request) => act(request, 'ready'))
  handle('POST /merchant/orders/:id/delay', (request) => act(request, 'delay', request.body.minutes))
  handle('POST /merchant/orders/:id/reject', (request) => act(request, 'reject'))
  handle('POST /merchant/orders/:id/hand-over', (request) => act(request, 'pick_up'))
}
