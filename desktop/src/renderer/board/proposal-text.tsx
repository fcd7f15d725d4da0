import type { BoardOrder } from '@doorstep/shared/contract'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import { useTicking } from '../live/tick.ts'
import { clockSpan, shortName } from './format.ts'

/** How long until the planner acts by itself, as 0:14; empty where it waits for staff. */
export function useCountdown(actsAtMs: number | null): string {
  const { clock, tick } = useConsole()
  return useTicking(tick, () => (actsAtMs === null ? '' : clockSpan(Math.max(0, actsAtMs - clock.nowMs()))))
}

/** Whom the planner proposes and when it acts: "Rui T 0:14", or "Rui T?" where it waits for staff. */
export function ProposalText({ proposal }: { proposal: NonNullable<BoardOrder['proposal']> }) {
  const name = useConsoleState((s) => s.drivers.get(proposal.driverId)?.name ?? 'a driver')
  const left = useCountdown(proposal.actsAtMs)
  return (
    <span className="proposed" title={`${name} is proposed${left ? `, in ${left}` : ', until somebody accepts'}`}>
      <span className="vh">proposed: </span>
      {shortName(name)}
      {left ? ` ${left}` : '?'}
    </span>
  )
}
