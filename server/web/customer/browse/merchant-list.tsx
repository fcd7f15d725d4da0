import type { MerchantSummary } from '@doorstep/shared/contract'
import { useEffect, useRef } from 'react'
import { Empty, Failed, LoadingRows, type Pages, useFormat } from '../../kit/index.ts'
import { words } from '../words.ts'
import type { Filter } from './filters.tsx'
import { MerchantRow } from './merchant-row.tsx'

interface Props {
  merchants: Pages<MerchantSummary>
  filter: Filter
  onClear: () => void
  isPlaced: boolean
  nowMs: number
}

/** The list of merchants in every state it can be in; it grows when its end comes near. */
export function MerchantList({ merchants, filter, onClear, isPlaced, nowMs }: Props) {
  const format = useFormat()
  const { items, error, hasMore, isLoading, more, reload } = merchants
  if (!items) return error ? <Failed error={error} retry={reload} /> : <LoadingRows />
  if (items.length === 0) return <NothingFound filter={filter} onClear={onClear} />
  return (
    <>
      <p className="vh" aria-live="polite">
        {words.browse.found(items.length, hasMore)}
      </p>
      <ul className="mlist" aria-busy={isLoading}>
        {items.map((merchant) => (
          <MerchantRow key={merchant.id} merchant={merchant} format={format} isPlaced={isPlaced} nowMs={nowMs} />
        ))}
      </ul>
      {error && <Failed error={error} retry={more} />}
      {hasMore && !error && <ListEnd onReach={more} />}
    </>
  )
}

function NothingFound({ filter, onClear }: { filter: Filter; onClear: () => void }) {
  const isFiltered = filter.q !== '' || filter.category !== '' || filter.openNow
  return (
    <Empty title={filter.q ? words.browse.emptySearch(filter.q) : words.browse.empty}>
      <p className="ink2">{words.browse.emptyHint}</p>
      {isFiltered && (
        <button type="button" className="tb line" onClick={onClear}>
          {words.browse.clear}
        </button>
      )}
    </Empty>
  )
}

/** How far above the end of a list the next page is fetched. */
const AHEAD = '600px'

/** The end of a list: reaching it fetches more, and so does its button. */
export function ListEnd({ onReach }: { onReach: () => void }) {
  const end = useRef<HTMLDivElement>(null)
  const latest = useRef(onReach)
  useEffect(() => {
    latest.current = onReach
  })
  useEffect(() => {
    if (!end.current) return undefined
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), { rootMargin: AHEAD })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={end} className="list-end">
      <button type="button" className="tb" onClick={onReach}>
        {words.browse.more}
      </button>
    </div>
  )
}
