import type { BoardOrder } from '@doorstep/shared/contract'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import { useTicking } from '../live/tick.ts'
import { clockSpan } from './format.ts'
import { orderLook } from './order-look.ts'
import { slackMs } from './slack.ts'

/** The slack of an order, counting; renders again only when its text changes. */
export function SlackText({ order, signed = false }: { order: BoardOrder; signed?: boolean }) {
  const { clock, tick } = useConsole()
  const text = useTicking(tick, () => {
    const slack = slackMs(order, clock.nowMs())
    return slack === null ? '–' : `${signed && slack >= 500 ? '+' : ''}${clockSpan(slack)}`
  })
  return text
}

/** How an order is shown now; a new object only when the word changes. */
export function useOrderLook(order: BoardOrder) {
  const { clock, tick } = useConsole()
  const alerts = useConsoleState((s) => s.alertsOf.get(order.id))
  useTicking(tick, () => orderLook(order, alerts, clock.nowMs()).word)
  return orderLook(order, alerts, clock.nowMs())
}
