import type { BoardOrder, WhatIf } from '@doorstep/shared/contract'
import { useEffect, useMemo, useRef } from 'react'
import { minutes, shortName, signedSpan } from '../board/format.ts'
import { lateness } from '../board/slack.ts'
import { SlackText } from '../board/slack-text.tsx'
import { ruleSentence } from '../inspector/ranking-words.ts'
import { useConsole, useConsoleState, useZoneTime } from '../live/console-context.ts'
import { blockOf } from '../live/order-command.ts'
import { useMoney } from '../live/use-money.ts'
import { createCosts } from './ask-costs.ts'
import { onDragMoved } from './drag-orders.ts'

/** How many of the dragged orders are named beside the pointer. */
const NAMED = 4
const OFFSET_PX = 14

/** Beside the pointer while orders are dragged: which, to whom, and what it would cost before they are let go. */
export function DragGhost() {
  const { store } = useConsole()
  const isDragging = useConsoleState((s) => s.drag !== null)
  const box = useRef<HTMLOutputElement>(null)
  useEffect(
    () =>
      onDragMoved(({ x, y }) => {
        const element = box.current
        if (!element || !store.getState().drag) return
        const { width, height } = element.getBoundingClientRect()
        const left = x + OFFSET_PX + width > window.innerWidth ? x - OFFSET_PX - width : x + OFFSET_PX
        const top = Math.min(y + OFFSET_PX, window.innerHeight - height - OFFSET_PX)
        element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`
      }),
    [store],
  )
  return (
    <output ref={box} className="dragbox" hidden={!isDragging}>
      {isDragging && <Body />}
    </output>
  )
}

function Body() {
  const { store, api } = useConsole()
  const drag = useConsoleState((s) => s.drag)
  const driver = useConsoleState((s) => (s.drag?.overDriverId ? s.drivers.get(s.drag.overDriverId) : undefined))
  const orders = useConsoleState((s) => s.orders)
  const [costs, refresh] = useCosts()
  const driverId = drag?.overDriverId ?? null
  const ids = drag?.orderIds ?? []
  const named = ids.slice(0, NAMED).flatMap((id) => orders.get(id) ?? [])
  useEffect(() => {
    if (driverId)
      costs.want(
        named.map((order) => order.id),
        driverId,
      )
    refresh()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- asked for when the driver under the pointer changes
  }, [driverId, store, api])
  if (!drag) return null
  return (
    <>
      <div className="b">
        {ids.length > 1 ? `${ids.length} orders` : `#${named[0]?.number ?? ''}`}
        {driver ? ` to ${shortName(driver.name)}` : ''}
        {driver && <span className="ink3"> {`${driver.activeOrders}/${driver.maxOrders}`}</span>}
      </div>
      {driver ? (
        named.map((order) => (
          <CostLine
            key={order.id}
            order={order}
            driverId={driver.id}
            cost={drag.costs.get(order.id)}
            isSeveral={ids.length > 1}
          />
        ))
      ) : (
        <div className="ink3">Let go over a driver; Esc leaves it</div>
      )}
      {driver && ids.length > NAMED && <div className="ink3">{ids.length - NAMED} more</div>}
    </>
  )
}

/** The costs of this drag, kept in step with what the store shows. */
function useCosts() {
  const { store, api } = useConsole()
  return useMemo(() => {
    const refresh = () => {
      const { drag } = store.getState()
      if (!drag?.overDriverId) return
      const known = new Map<string, WhatIf>()
      for (const id of drag.orderIds) {
        const cost = costs.known(id, drag.overDriverId)
        if (cost && 'cost' in cost) known.set(id, cost.cost)
      }
      store.setState({ drag: { ...drag, costs: known } })
    }
    const costs = createCosts(api, refresh)
    return [costs, refresh] as const
  }, [store, api])
}

interface LineProps {
  order: BoardOrder
  driverId: string
  cost: WhatIf | undefined
  isSeveral: boolean
}

function CostLine({ order, driverId, cost, isSeveral }: LineProps) {
  const { hm } = useZoneTime()
  const money = useMoney()
  const blocked = order.driverId === driverId ? 'has it already' : blockOf(order, 'assign')
  const head = isSeveral ? <span className="no">#{order.number}</span> : null
  if (blocked)
    return (
      <div className="c-act">
        {head} No: {blocked}
      </div>
    )
  if (!cost) return <div className="ink3">{head} working out the cost…</div>
  const { impact, excludedBy, costMinor } = cost
  if (!impact)
    return (
      <div className="c-act">
        {head} {excludedBy ? ruleSentence(excludedBy) : 'No route holds it'}
      </div>
    )
  const late = lateness(impact.slackAfterS * 1_000)
  const detour = impact.detours.reduce((sum, each) => sum + each.addedS, 0)
  return (
    <div className="costline">
      {head}
      <div>
        Door {hm(impact.dropMs)}
        {order.predictedMs !== null && <span className="ink3">, was {hm(order.predictedMs)}</span>}
        {' · slack '}
        <span className={late === 'on_time' ? '' : late === 'late' ? 'c-late' : 'c-vlate'}>
          {signedSpan(impact.slackAfterS * 1_000)}
        </span>
        <span className="ink3">
          , was <SlackText order={order} signed />
        </span>
      </div>
      <div className="ink2">
        {minutes(impact.toPickupS * 1_000)} to pickup{impact.waitS >= 30 ? `, waits ${minutes(impact.waitS * 1_000)}` : ''}
        {detour >= 1 ? `, detour ${signedSpan(detour * 1_000)}` : ', no detour'}
        {costMinor !== null && `, ${money(costMinor)}`}
      </div>
      {excludedBy && <div className="c-late">Against a rule: {ruleSentence(excludedBy)}</div>}
    </div>
  )
}
