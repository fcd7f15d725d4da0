import type { Candidate } from '@doorstep/shared/contract'
import { shortName } from '../board/format.ts'
import { useMoney } from '../live/use-money.ts'
import { countsInMoney, tellingCodes, termAmount, termName } from './term-words.ts'

/** Beyond two the columns need a wide screen. */
const extra = (column: number) => (column < 2 ? undefined : 'wide-cell')

/** Drivers side by side, a row a term: the amount in its own unit, and what it counts in money or points. */
export function TermsTable({ candidates, policy }: { candidates: readonly Candidate[]; policy: string }) {
  const money = useMoney()
  const isMoney = countsInMoney(policy)
  const counted = (points: number) => (isMoney ? money(points) : points.toFixed(2))
  const totalOf = (candidate: Candidate) => (isMoney ? -candidate.score : candidate.score)
  return (
    <table className="sums">
      <thead>
        <tr>
          <th scope="col">{isMoney ? 'Costs, less is better' : 'Points, more is better'}</th>
          {candidates.map(({ driverId, driverName }, i) => (
            <th key={driverId} scope="col" title={driverName} className={extra(i)}>
              {shortName(driverName)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tellingCodes(candidates).map((code) => (
          <tr key={code}>
            <th scope="row">{termName(code)}</th>
            {candidates.map(({ driverId, terms }, i) => {
              const term = terms.find((each) => each.code === code)
              return (
                <td key={driverId} className={extra(i)}>
                  {term && <span className="ink3">{termAmount(term)}</span>}
                  <span>{term ? counted(term.points) : '–'}</span>
                </td>
              )
            })}
          </tr>
        ))}
        <tr className="sum">
          <th scope="row">Sum</th>
          {candidates.map((candidate, i) => (
            <td key={candidate.driverId} className={extra(i)}>
              <span>{counted(totalOf(candidate))}</span>
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}
