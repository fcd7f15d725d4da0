import type { BoardOrder, Candidate, Decision } from '@doorstep/shared/contract'
import { isCarried } from '@doorstep/shared/domain'
import { Fragment, useEffect, useState } from 'react'
import { clockSpan, minutes, shortName, signedSpan } from '../board/format.ts'
import { lateness } from '../board/slack.ts'
import { useConsole, useConsoleState, useZoneTime } from '../live/console-context.ts'
import type { Ranking } from '../live/dispatch-api.ts'
import { leftOutLines, termWords } from './ranking-words.ts'
import type { Asking } from './use-details.ts'

/** As many as number keys choose among. */
const SHOWN = 5

/** Why this driver: what the planner decided, the ranked drivers now with their numbers, and who was left out. */
export function RankingSection(props: { order: BoardOrder; ranking: Asking<Ranking>; decisions: Decision[] }) {
  const { order, ranking, decisions } = props
  const { hms } = useZoneTime()
  const isChoosing = useConsoleState((s) => s.isChoosing)
  const title = order.driverId ? 'Why this driver' : 'Who could take it'
  return (
    <div className={`sec ${isChoosing ? 'choosing' : ''}`} aria-live="polite">
      <h3>
        {title}
        {ranking.value && !isCarried(order) && <span className="ink3">ranked {hms(ranking.value.atMs)}</span>}
        <span className="grow" />
        {!isCarried(order) && (
          <button type="button" className="ink3 linkish" style={{ fontWeight: 440 }} onClick={ranking.again}>
            rank again
          </button>
        )}
      </h3>
      <DecisionText order={order} decisions={decisions} />
      {isCarried(order) ? (
        <p className="ink2">The driver carries it, so it can no longer be moved.</p>
      ) : (
        <RankedOrNot order={order} ranking={ranking} />
      )}
    </div>
  )
}

function RankedOrNot({ order, ranking }: { order: BoardOrder; ranking: Asking<Ranking> }) {
  return (
    <>
      {ranking.refusal && <p className="ink2">{ranking.refusal.detail ?? ranking.refusal.title}</p>}
      {ranking.value ? (
        <Ranked order={order} ranking={ranking.value} />
      ) : (
        ranking.isLoading && <p className="ink3 late-in">Ranking drivers…</p>
      )}
    </>
  )
}

/** What a planner decides, before the driver's name where there is one. */
const KINDS: Record<string, string> = { offer: 'offer it to', assign: 'give it to', wait: 'wait', give_up: 'nobody can take it' }

function DecisionText({ order, decisions }: { order: BoardOrder; decisions: Decision[] }) {
  const { hm } = useZoneTime()
  const last = decisions[0]
  const sentences: string[] = []
  if (last) {
    const policy = last.policy.replaceAll('-', ' ').replaceAll('_', ' ')
    const kind = KINDS[last.kind] ?? last.kind.replaceAll('_', ' ')
    const what = last.driverName ? `${kind} ${shortName(last.driverName)}` : kind
    sentences.push(`At ${hm(last.atMs)} ${policy} decided: ${what}.`)
    if (last.runnerUp) sentences.push(`Second was ${last.runnerUp}.`)
  }
  if (order.isPinned) sentences.push('Staff chose the driver, so the planner leaves it.')
  if (order.attempts > 0 && !order.driverId)
    sentences.push(`${order.attempts} ${order.attempts === 1 ? 'offer' : 'offers'} made so far.`)
  if (sentences.length === 0) return null
  return (
    <p className="ink2" style={{ marginBottom: 6 }}>
      {sentences.join(' ')}
    </p>
  )
}

function Ranked({ order, ranking }: { order: BoardOrder; ranking: Ranking }) {
  const { actions, store } = useConsole()
  const [opened, setOpened] = useState<string | null>(null)
  const shown = ranking.candidates.slice(0, SHOWN)
  const others = shown.filter((candidate) => candidate.driverId !== order.driverId)
  useEffect(() => {
    store.setState({ ranked: { orderId: order.id, driverIds: shown.map(({ driverId }) => driverId) } })
  })
  const chosen = others.find((candidate) => candidate.driverId === opened) ?? others[0]
  const key = chosen ? shown.indexOf(chosen) + 1 : 0
  return (
    <>
      {shown.length > 0 ? (
        <CandidateTable order={order} candidates={shown} opened={opened} onOpen={(id) => setOpened(id === opened ? null : id)} />
      ) : (
        <p className="ink2">Nobody can take it now.</p>
      )}
      {ranking.leftOut.length > 0 && (
        <div className="out">
          <span className="ink3">Left out</span>
          <div>
            {leftOutLines(ranking.leftOut, 4).map((line) => (
              <div key={line}>{line}</div>
            ))}
          </div>
        </div>
      )}
      {chosen && (
        <div style={{ display: 'flex', gap: 4, marginTop: 8 }}>
          <button type="button" className="btn pri grow" onClick={() => void actions.assign(order.id, chosen.driverId)}>
            {order.driverId ? 'Move to' : 'Assign to'} {shortName(chosen.driverName)} <kbd className="kbd">{key}</kbd>
          </button>
        </div>
      )}
    </>
  )
}

function CandidateTable(props: {
  order: BoardOrder
  candidates: Candidate[]
  opened: string | null
  onOpen: (id: string) => void
}) {
  const { order, candidates, opened, onOpen } = props
  const { actions } = useConsole()
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th>Driver</th>
          <th>To pickup</th>
          <th>Waits</th>
          <th>Detour</th>
          <th>Slack after</th>
          <th>Load</th>
        </tr>
      </thead>
      <tbody>
        {candidates.map((candidate, i) => {
          const isCurrent = candidate.driverId === order.driverId
          return (
            <Fragment key={candidate.driverId}>
              <tr
                className={`pick ${i === 0 ? 'best' : ''} ${isCurrent ? 'cur' : ''} ${opened === candidate.driverId ? 'on' : ''}`}
                onClick={() => onOpen(candidate.driverId)}
                onDoubleClick={() => !isCurrent && void actions.assign(order.id, candidate.driverId)}
              >
                <td className="name" title={candidate.driverName}>
                  <span className="rank">{i + 1}</span>
                  {isCurrent ? `${shortName(candidate.driverName)}, now` : candidate.driverName}
                </td>
                <td>{minutes(candidate.toPickupS * 1_000)}</td>
                <td>{candidate.waitS < 30 ? '0' : clockSpan(candidate.waitS * 1_000)}</td>
                <td>{signedSpan(candidate.detourS * 1_000)}</td>
                <SlackAfter candidate={candidate} />
                <td>
                  {candidate.activeOrders}/{candidate.maxOrders}
                </td>
              </tr>
              {opened === candidate.driverId && <Terms candidate={candidate} />}
            </Fragment>
          )
        })}
      </tbody>
    </table>
  )
}

function SlackAfter({ candidate: { slackAfterS } }: { candidate: Candidate }) {
  if (slackAfterS === null) return <td>–</td>
  const late = lateness(slackAfterS * 1_000)
  return <td className={late === 'on_time' ? '' : late === 'late' ? 'c-late' : 'c-vlate'}>{signedSpan(slackAfterS * 1_000)}</td>
}

function Terms({ candidate }: { candidate: Candidate }) {
  return (
    <tr>
      <td colSpan={6} style={{ height: 'auto', textAlign: 'left', fontWeight: 'normal' }}>
        <div className="terms">
          {candidate.terms.map((term) => {
            const [name, amount, points] = termWords(term)
            return (
              <Fragment key={term.code}>
                <span>{name}</span>
                <span>{amount}</span>
                <span>{points}</span>
              </Fragment>
            )
          })}
          <span className="b">Score</span>
          <span />
          <span className="b">{candidate.score.toFixed(2)}</span>
        </div>
      </td>
    </tr>
  )
}
