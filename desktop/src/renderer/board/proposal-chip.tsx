import type { BoardOrder } from '@doorstep/shared/contract'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import { useTicking } from '../live/tick.ts'
import { clockSpan } from './format.ts'
import { Glyph } from './glyph.tsx'
import { Stepper } from './stepper.tsx'
import { useQueue } from './visible-orders.ts'

/** What the planner proposes and waits with: how many, when the next acts by itself, and a walk through them. */
export function ProposalChip() {
  const { actions } = useConsole()
  const isOn = useConsoleState((s) => s.exception === 'proposal')
  const autonomy = useConsoleState((s) => s.zone?.policy.autonomy)
  const isKnown = useConsoleState((s) => s.phase === 'ready')
  const orders = useConsoleState((s) => s.orders)
  const count = countProposals(orders)
  const next = useNext(orders)
  const proposes = autonomy === 'suggest' || autonomy === 'veto'
  if (!isKnown || (!proposes && count === 0 && !isOn)) return null
  return (
    <div className={`chip group ${isOn ? 'on' : ''}`}>
      <button
        type="button"
        aria-pressed={isOn}
        disabled={count === 0 && !isOn}
        className={count === 0 ? 'ink3' : ''}
        title="Drivers the planner proposes; Y accepts, V vetoes the selected one"
        onClick={() => actions.setException('proposal')}
      >
        <Glyph name="diamond" />
        <span className="name">Proposals</span>
        <span className="n">{count}</span>
        {next && <span className="sub">next {next}</span>}
      </button>
      {isOn && count > 0 && <Steps />}
    </div>
  )
}

function Steps() {
  const rows = useQueue().filter((order) => order.proposal)
  return <Stepper steps={rows.map((order) => ({ kind: 'order', id: order.id }))} />
}

function countProposals(orders: ReadonlyMap<string, BoardOrder>): number {
  let count = 0
  for (const order of orders.values()) if (order.proposal && order.endedAtMs === null) count++
  return count
}

/** How long until the first of them acts by itself. */
function useNext(orders: ReadonlyMap<string, BoardOrder>): string {
  const { clock, tick } = useConsole()
  return useTicking(tick, () => {
    let next = Number.POSITIVE_INFINITY
    for (const { proposal, endedAtMs } of orders.values())
      if (proposal?.actsAtMs && endedAtMs === null) next = Math.min(next, proposal.actsAtMs)
    return Number.isFinite(next) ? clockSpan(Math.max(0, next - clock.nowMs())) : ''
  })
}
