import type { BoardOrder, Decision, OrderEvent } from '@doorstep/shared/contract'
import { isCarried } from '@doorstep/shared/domain'
import { useEffect, useRef, useState } from 'react'
import { shortName } from '../board/format.ts'
import { useConsole, useConsoleState, useZoneTime } from '../live/console-context.ts'
import type { Ranking } from '../live/dispatch-api.ts'
import { blockOf } from '../live/order-command.ts'
import { CandidateTable } from './candidate-table.tsx'
import { DecisionHistory } from './decision-history.tsx'
import { LeftOut, useLeftOutNow } from './left-out.tsx'
import { ReasonLine } from './reason-line.tsx'
import { SHOWN, type ShownCandidate, steadyRanking } from './steady-ranking.ts'
import type { Asking } from './use-details.ts'

interface Props {
  order: BoardOrder
  ranking: Asking<Ranking>
  decisions: readonly Decision[]
  events: readonly OrderEvent[]
}

/** Why this driver: what was decided and by whom, the ranked drivers now with their numbers, and who was left out. */
export function RankingSection({ order, ranking, decisions, events }: Props) {
  const { hms } = useZoneTime()
  const question = useConsoleState((s) => s.question)
  const [isPointedAt, setPointedAt] = useState(false)
  // Asked for by hand, the ranking after this one may move the rows.
  const [letGoAfter, setLetGoAfter] = useState<Ranking | null>(null)
  const isChoosing = question === 'assign' || question === 'pin'
  const shownDecisions = useHeld(decisions, isPointedAt)
  const title = question === 'pin' ? 'Only for which driver?' : order.driverId ? 'Why this driver' : 'Who could take it'
  const again = () => {
    setLetGoAfter(ranking.value)
    ranking.again()
  }
  return (
    <section className={`sec ${isChoosing ? 'choosing' : ''}`} aria-label={title}>
      <h3>
        {title}
        {ranking.value && !isCarried(order) && <span className="ink3">ranked {hms(ranking.value.atMs)}</span>}
        <span className="grow" />
        {!isCarried(order) && (
          <button type="button" className="ink3 linkish" style={{ fontWeight: 440 }} onClick={again}>
            rank again
          </button>
        )}
      </h3>
      {!isChoosing && <DecisionHistory decisions={shownDecisions} events={events} />}
      {isCarried(order) ? (
        <p className="ink2">The driver carries it, so it can no longer be moved.</p>
      ) : (
        <div
          onPointerEnter={() => setPointedAt(true)}
          onPointerLeave={() => setPointedAt(false)}
          onFocus={() => setPointedAt(true)}
          onBlur={(e) => !e.currentTarget.contains(e.relatedTarget) && setPointedAt(false)}
        >
          {ranking.refusal && <p className="ink2">{ranking.refusal.detail ?? ranking.refusal.title}</p>}
          {ranking.value ? (
            <Ranked order={order} ranking={ranking.value} isSteady={isPointedAt || isChoosing} letGoAfter={letGoAfter} />
          ) : (
            ranking.isLoading && <p className="ink3 late-in">Ranking drivers…</p>
          )}
        </div>
      )}
    </section>
  )
}

/** A value that stands still while it is held. */
function useHeld<T>(value: T, isHeld: boolean): T {
  const [kept, setKept] = useState(value)
  if (!isHeld && kept !== value) setKept(value)
  return isHeld ? kept : value
}

function useSteady(
  { ranking, isSteady, letGoAfter }: Omit<RankedProps, 'order'>,
  keepId: string | null,
): readonly ShownCandidate[] {
  const [kept, setKept] = useState<{ from: Ranking | null; steady: boolean; shown: ShownCandidate[] }>({
    from: null,
    steady: false,
    shown: [],
  })
  if (kept.from === ranking && kept.steady === isSteady) return kept.shown
  const shown = steadyRanking(kept.shown, ranking.candidates, isSteady && kept.from !== null && kept.from !== letGoAfter, keepId)
  setKept({ from: ranking, steady: isSteady, shown })
  return shown
}

interface RankedProps {
  order: BoardOrder
  ranking: Ranking
  isSteady: boolean
  letGoAfter: Ranking | null
}

function Ranked(props: RankedProps) {
  const { order, ranking } = props
  const { actions, store } = useConsole()
  const question = useConsoleState((s) => s.question)
  const shown = useSteady(props, order.driverId)
  const leftOut = useLeftOutNow(ranking.leftOut, ranking.candidates)
  const [pickedId, setPickedId] = useState<string | null>(null)
  const driverIds = shown.map(({ candidate }) => candidate.driverId).join()
  useEffect(() => {
    store.setState({ ranked: { forId: order.id, driverIds: driverIds === '' ? [] : driverIds.split(',').slice(0, SHOWN) } })
  }, [store, order.id, driverIds])
  const isPin = question === 'pin'
  const others = shown.filter(({ candidate }) => isPin || candidate.driverId !== order.driverId)
  const picked = others.find(({ candidate }) => candidate.driverId === pickedId) ?? others.find(({ rankNow }) => rankNow !== null)
  const blocked = blockOf(order, isPin ? 'pin' : 'assign')
  const give = (driverId: string) => void actions.command({ kind: isPin ? 'pin' : 'assign', driverId }, { orderIds: [order.id] })
  const pick = (driverId: string) => setPickedId(driverId)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (question === 'assign' || question === 'pin') box.current?.scrollIntoView({ block: 'nearest' })
  }, [question])
  return (
    <div ref={box}>
      {shown.length > 0 ? (
        <CandidateTable order={order} shown={shown} pickedId={pickedId} onPick={pick} onGive={give} />
      ) : (
        <p className="ink2">Nobody can take it now.</p>
      )}
      <LeftOut leftOut={leftOut} />
      {(question === 'assign' || isPin) && <ReasonLine />}
      {picked && (
        <button
          type="button"
          className="btn pri give"
          disabled={blocked !== null}
          title={blocked ?? undefined}
          onClick={() => give(picked.candidate.driverId)}
        >
          {isPin ? 'Only for' : order.driverId ? 'Move to' : 'Assign to'} {shortName(picked.candidate.driverName)}{' '}
          <kbd className="kbd">{question === 'assign' || isPin ? picked.place : `A ${picked.place}`}</kbd>
        </button>
      )}
    </div>
  )
}
