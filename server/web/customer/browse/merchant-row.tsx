import type { MerchantSummary } from '@doorstep/shared/contract'
import { Clock } from 'lucide-react'
import { memo } from 'react'
import { Link } from 'wouter'
import type { Format } from '../../kit/index.ts'
import { words } from '../words.ts'
import { CategoryIcon, categoryName } from './category-icon.tsx'

interface Props {
  merchant: MerchantSummary
  format: Format
  /** Distances are from a place the reader chose. */
  isPlaced: boolean
  /** The server's time to the minute. */
  nowMs: number
}

/** A merchant in the list: what it is, how long, how far, for how much. */
export const MerchantRow = memo(function MerchantRow({ merchant, format, isPlaced, nowMs }: Props) {
  const { id, name, category, isOpen, opensAtMs, etaMinutes, distanceM, deliveryFeeMinor, currency, matchedItems } = merchant
  const distance = isPlaced && distanceM !== null ? format.distance(distanceM) : null
  const fee = format.money(deliveryFeeMinor, currency)
  return (
    <li>
      <Link href={`/merchants/${id}`} className={`mer ${isOpen ? '' : 'shut'}`}>
        <span className="tile">
          <CategoryIcon category={category} />
        </span>
        <span className="mer-what">
          <span className="b cut">{name}</span>
          <span className="sm ink2 dot-sep cut">
            <Rating merchant={merchant} />
            <span>{categoryName(category)}</span>
          </span>
          {!isOpen && opensAtMs !== null && (
            <span className="sm mer-note">
              <Clock size={14} aria-hidden /> {words.browse.opens(format.timeOrDay(opensAtMs, nowMs))}
            </span>
          )}
          {matchedItems && matchedItems.length > 0 && (
            <span className="sm ink2 cut">{words.browse.matches(matchedItems.join(', '))}</span>
          )}
        </span>
        <span className="r mer-how">
          <span className="b">{isOpen ? words.browse.minutes(etaMinutes) : words.browse.closed}</span>
          <span className="sm ink2">{[distance, isOpen ? fee : null].filter(Boolean).join(', ')}</span>
        </span>
      </Link>
    </li>
  )
})

/** Stars as a number; the sentence is for those who listen. */
export function Rating({ merchant: { rating, ratingCount } }: { merchant: Pick<MerchantSummary, 'rating' | 'ratingCount'> }) {
  if (rating === null) return <span>{words.browse.isNew}</span>
  return (
    <span>
      <span aria-hidden="true">★ {rating.toFixed(1)}</span>
      <span className="vh">{words.browse.rating(rating.toFixed(1), ratingCount)}</span>
    </span>
  )
}
