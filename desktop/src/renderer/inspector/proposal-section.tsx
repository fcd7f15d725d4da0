import type { BoardOrder } from '@doorstep/shared/contract'
import { useEffect } from 'react'
import { minutes, signedSpan } from '../board/format.ts'
import { Glyph } from '../board/glyph.tsx'
import { useCountdown } from '../board/proposal-text.tsx'
import { useConsole, useConsoleState, useZoneTime } from '../live/console-context.ts'
import { useMoney } from '../live/use-money.ts'
import { useWhatIf } from './use-details.ts'

/** Whom the planner proposes, what it costs, when it acts by itself, and the two answers. */
export function ProposalSection({ order }: { order: BoardOrder }) {
  const { actions } = useConsole()
  const proposal = order.proposal
  const driver = useConsoleState((s) => (proposal ? s.drivers.get(proposal.driverId) : undefined))
  const left = useCountdown(proposal?.actsAtMs ?? null)
  if (!proposal) return null
  const name = driver?.name ?? 'A driver'
  return (
    <section className="sec proposal" aria-label="Proposal">
      <h3>
        <Glyph name="diamond" />
        {name} proposed
        <span className="grow" />
        <span className="ink3">{left ? `acts in ${left}` : 'waits for you'}</span>
      </h3>
      <Cost order={order} driverId={proposal.driverId} />
      <div className="answer">
        <button type="button" className="btn pri" onClick={() => void actions.command({ kind: 'accept' })}>
          Accept <kbd className="kbd">Y</kbd>
        </button>
        <button type="button" className="btn" onClick={() => void actions.command({ kind: 'veto' })}>
          Veto <kbd className="kbd">V</kbd>
        </button>
      </div>
    </section>
  )
}

/** A cost on screen is asked for again as drivers move. */
const COST_EVERY_MS = 5_000

function Cost({ order, driverId }: { order: BoardOrder; driverId: string }) {
  const { hm } = useZoneTime()
  const money = useMoney()
  const cost = useWhatIf(order.id, driverId, order.version)
  const { again, value } = cost
  useEffect(() => {
    const timer = setInterval(again, COST_EVERY_MS)
    return () => clearInterval(timer)
  }, [again])
  if (!value)
    return <p className="ink3">{cost.refusal ? (cost.refusal.detail ?? cost.refusal.title) : 'Working out what it costs…'}</p>
  const { impact, costMinor } = value
  if (!impact)
    return <p className="ink2">{value.excludedBy ? 'A rule speaks against it by now.' : 'No route holds it by now.'}</p>
  const detour = impact.detours.reduce((sum, each) => sum + each.addedS, 0)
  return (
    <dl className="facts">
      <Fact what="To pickup" is={`${minutes(impact.toPickupS * 1_000)}, ${hm(impact.pickupMs)}`} />
      <Fact what="At the door" is={hm(impact.dropMs)} />
      <Fact what="Detour" is={detour < 1 ? 'none' : signedSpan(detour * 1_000)} />
      <Fact what="Slack after" is={signedSpan(impact.slackAfterS * 1_000)} tone={impact.slackAfterS < -60 ? 'c-late' : ''} />
      {costMinor !== null && <Fact what="Costs" is={money(costMinor)} />}
    </dl>
  )
}

function Fact({ what, is, tone = '' }: { what: string; is: string; tone?: string }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd className={tone}>{is}</dd>
    </div>
  )
}
