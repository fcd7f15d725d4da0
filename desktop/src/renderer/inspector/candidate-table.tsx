import type { BoardOrder, Candidate } from '@doorstep/shared/contract'
import { Fragment, useState } from 'react'
import { clockSpan, minutes, shortName, signedSpan } from '../board/format.ts'
import { lateness } from '../board/slack.ts'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import { useMoney } from '../live/use-money.ts'
import type { ShownCandidate } from './steady-ranking.ts'
import { countsInMoney } from './term-words.ts'
import { TermsTable } from './terms-table.tsx'

interface Props {
  order: BoardOrder
  shown: readonly ShownCandidate[]
  pickedId: string | null
  onPick: (driverId: string) => void
  onGive: (driverId: string) => void
}

/** The ranked drivers with what each would mean for the order; one that is picked shows every term beside the best. */
export function CandidateTable({ order, shown, pickedId, onPick, onGive }: Props) {
  const policy = useConsoleState((s) => s.zone?.policy.name ?? '')
  const best = shown.find(({ rankNow }) => rankNow === 1)?.candidate ?? shown[0]?.candidate
  const [openId, setOpenId] = useState<string | null>(null)
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th>Driver</th>
          <th>To pickup</th>
          <th>Waits</th>
          <th title="Delay of the driver’s other orders, also of those only planned">Detour</th>
          <th>Slack after</th>
          <th>Load</th>
          {countsInMoney(policy) && <th className="wide-cell">Costs</th>}
        </tr>
      </thead>
      <tbody>
        {shown.map((each) => {
          const { candidate } = each
          const isOpen = openId === candidate.driverId
          return (
            <Fragment key={candidate.driverId}>
              <Row
                order={order}
                shown={each}
                isPicked={pickedId === candidate.driverId}
                isOpen={isOpen}
                policy={policy}
                onPick={() => {
                  onPick(candidate.driverId)
                  setOpenId(isOpen ? null : candidate.driverId)
                }}
                onGive={() => onGive(candidate.driverId)}
              />
              {isOpen && best && (
                <tr>
                  <td colSpan={7} className="termcell">
                    <TermsTable candidates={best === candidate ? [candidate] : [candidate, best]} policy={policy} />
                  </td>
                </tr>
              )}
            </Fragment>
          )
        })}
      </tbody>
    </table>
  )
}

interface RowProps {
  order: BoardOrder
  shown: ShownCandidate
  isPicked: boolean
  isOpen: boolean
  policy: string
  onPick: () => void
  onGive: () => void
}

function Row({ order, shown, isPicked, isOpen, policy, onPick, onGive }: RowProps) {
  const { candidate, rankNow, place } = shown
  const { store } = useConsole()
  const money = useMoney()
  const isTarget = useConsoleState((s) => s.drag?.overDriverId === candidate.driverId)
  const isCurrent = candidate.driverId === order.driverId
  const classes = [
    'pick',
    rankNow === 1 && 'best',
    isCurrent && 'cur',
    isPicked && 'on',
    rankNow === null && 'gone',
    isTarget && 'target',
  ]
  return (
    <tr
      className={classes.filter(Boolean).join(' ')}
      data-driver-id={candidate.driverId}
      onClick={onPick}
      onDoubleClick={() => store.getState().orders.get(order.id)?.driverId !== candidate.driverId && onGive()}
    >
      <td className="name" title={candidate.driverName}>
        <button type="button" aria-expanded={isOpen} className="rowbtn">
          <span className="rank">{place}</span>
          <span className="cut">{isCurrent ? `${shortName(candidate.driverName)}, now` : candidate.driverName}</span>
          <RankNow place={place} rankNow={rankNow} />
        </button>
      </td>
      <td>{minutes(candidate.toPickupS * 1_000)}</td>
      <td>{candidate.waitS < 30 ? '0' : clockSpan(candidate.waitS * 1_000)}</td>
      <td>{signedSpan(candidate.detourS * 1_000)}</td>
      <SlackAfter candidate={candidate} />
      <td>
        {candidate.activeOrders}/{candidate.maxOrders}
      </td>
      {countsInMoney(policy) && <td className="wide-cell">{money(-candidate.score)}</td>}
    </tr>
  )
}

/** While the list stands still, says calmly where the driver would be by now. */
function RankNow({ place, rankNow }: { place: number; rankNow: number | null }) {
  if (rankNow === place) return null
  const words = rankNow === null ? 'out' : `→ ${rankNow}`
  return (
    <span
      className="moved"
      title={rankNow === null ? 'No longer among those who can take it' : `The latest ranking has them at ${rankNow}`}
    >
      {words}
    </span>
  )
}

function SlackAfter({ candidate: { slackAfterS } }: { candidate: Candidate }) {
  if (slackAfterS === null) return <td>–</td>
  const late = lateness(slackAfterS * 1_000)
  return <td className={late === 'on_time' ? '' : late === 'late' ? 'c-late' : 'c-vlate'}>{signedSpan(slackAfterS * 1_000)}</td>
}
