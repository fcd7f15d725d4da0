import type { Alert, BoardOrder } from '@doorstep/shared/contract'
import { lateness, slackMs } from './slack.ts'

/** The glyph that doubles an order's colour; names as in `glyph.tsx`. */
export type OrderGlyph =
  | 'octagon'
  | 'triangle-double'
  | 'triangle'
  | 'triangle-hollow'
  | 'clock'
  | 'ring-dashed'
  | 'circle'
  | 'square'
  | 'square-dot'
  | 'square-hollow'
  | 'pause'
  | 'diamond'
export type Tone = 'act' | 'vlate' | 'late' | 'moving' | 'off' | 'idle' | 'plain'

/** How an order is shown: a glyph, its colour and the word that says the same. */
export interface OrderLook {
  glyph: OrderGlyph
  tone: Tone
  word: string
}

export type AlertClass = Alert['class']
/** What a chip can put in the light: a class of alert, or what the planner proposes. */
export type ExceptionClass = AlertClass | 'proposal'

const look = (glyph: OrderGlyph, tone: Tone, word: string): OrderLook => ({ glyph, tone, word })

/** The worst thing about an order decides: someone must act, then lateness, then what may become late, then its state. */
export function orderLook(order: BoardOrder, alerts: ReadonlySet<AlertClass> | undefined, nowMs: number): OrderLook {
  if (alerts?.has('stuck')) return look('octagon', 'act', 'Driver stuck')
  if (order.noDriverAvailable && !order.driverId) return look('octagon', 'act', 'No driver found')
  const late = lateness(slackMs(order, nowMs))
  if (late === 'very_late') return look('triangle-double', 'vlate', 'Late over 30 minutes')
  if (late === 'late') return look('triangle', 'late', 'Late')
  if (alerts?.has('at_risk')) return look('triangle-hollow', 'late', 'At risk')
  if (alerts?.has('merchant_slow')) return look('clock', 'late', 'Merchant slow')
  if (alerts?.has('gps_dark')) return look('ring-dashed', 'off', 'GPS dark')
  return stateLook(order)
}

function stateLook(order: BoardOrder): OrderLook {
  switch (order.delivery) {
    case 'waiting':
      if (order.isHeld) return look('pause', 'plain', 'Held')
      if (order.proposal) return look('diamond', 'plain', 'Proposed')
      return order.kitchen === 'placed'
        ? look('square-hollow', 'plain', 'Waits for the merchant')
        : look('square-hollow', 'plain', 'Unassigned')
    case 'offered':
      return look('square-dot', 'plain', 'Offered')
    case 'assigned':
      return look('square', 'moving', 'Pickup ahead')
    case 'at_merchant':
      return look('square', 'moving', 'At the merchant')
    case 'picked_up':
      return look('circle', 'moving', 'Picked up')
    case 'in_transit':
      return look('circle', 'moving', 'Drop ahead')
    case 'at_customer':
      return look('circle', 'moving', 'At the door')
    case 'delivered':
      return look('circle', 'idle', 'Delivered')
    case 'failed':
      return look('ring-dashed', 'off', 'Failed')
    case 'cancelled':
      return look('ring-dashed', 'off', order.kitchen === 'rejected' ? 'Rejected' : 'Cancelled')
  }
}

/** Which classes of alert touch each order. */
export function alertsByOrder(alerts: readonly Alert[]): ReadonlyMap<string, ReadonlySet<AlertClass>> {
  const byOrder = new Map<string, Set<AlertClass>>()
  for (const alert of alerts) {
    for (const id of alert.orderIds) {
      const classes = byOrder.get(id) ?? new Set()
      byOrder.set(id, classes.add(alert.class))
    }
  }
  return byOrder
}
