import type { BoardOrder } from '@doorstep/shared/contract'
import { signedSpan } from '../board/format.ts'
import { lateness } from '../board/slack.ts'
import { SlackText } from '../board/slack-text.tsx'
import { useZoneTime } from '../live/console-context.ts'
import { ruleSentence } from './ranking-words.ts'
import { useWhatIf } from './use-details.ts'

/** More rows than this are not worked out: each is a question to the server. */
const MOST = 12

/** What each order would mean for a driver, taken by itself: when it is at the door and the slack, beside now. */
export function WhatIfTable({ orders, driverId }: { orders: readonly BoardOrder[]; driverId: string }) {
  const shown = orders.slice(0, MOST)
  return (
    <table className="tbl whatif">
      <caption className="vh">What each order would mean, taken by itself</caption>
      <thead>
        <tr>
          <th>Order</th>
          <th>Arrives</th>
          <th>Slack</th>
          <th>Then</th>
          <th>Slack</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((order) => (
          <Row key={order.id} order={order} driverId={driverId} />
        ))}
      </tbody>
      {orders.length > 1 && (
        <tfoot>
          <tr>
            <td colSpan={5} className="ink3">
              Each taken by itself{orders.length > MOST && `; ${orders.length - MOST} more are not shown`}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}

function Row({ order, driverId }: { order: BoardOrder; driverId: string }) {
  const { hm } = useZoneTime()
  const { value, refusal } = useWhatIf(order.id, driverId, order.version)
  const impact = value?.impact
  const late = impact ? lateness(impact.slackAfterS * 1_000) : 'on_time'
  return (
    <tr>
      <td>#{order.number}</td>
      <td className="ink2">{order.predictedMs === null ? '–' : hm(order.predictedMs)}</td>
      <td className="ink2">
        <SlackText order={order} signed />
      </td>
      {impact ? (
        <>
          <td>{hm(impact.dropMs)}</td>
          <td className={late === 'on_time' ? '' : late === 'late' ? 'c-late' : 'c-vlate'}>
            {signedSpan(impact.slackAfterS * 1_000)}
          </td>
        </>
      ) : (
        <td colSpan={2} className="ink2 why">
          {value?.excludedBy
            ? ruleSentence(value.excludedBy)
            : (refusal?.detail ?? refusal?.title ?? (value ? 'no route holds it' : '…'))}
        </td>
      )}
    </tr>
  )
}
