import type { BoardOrder } from '@doorstep/shared/contract'
import { Search, X } from 'lucide-react'
import { memo, useMemo } from 'react'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import { STATE_FILTERS, type StateFilter } from './filter-queue.ts'

const WINDOWS = [15, 30, 60]

/** Free text over everything, state, merchant, and how soon it is promised. */
export function QueueFilters() {
  const { actions } = useConsole()
  const filter = useConsoleState((s) => s.filter)
  const orders = useConsoleState((s) => s.orders)
  const names = useMemo(() => openMerchants(orders), [orders])
  return (
    <div className="filters">
      <label className="find grow">
        <Search size={12} strokeWidth={1.75} className="i" />
        <input
          id="queue-find"
          className="grow"
          value={filter.text}
          placeholder="Name, street, note"
          aria-label="Find in the queue"
          onChange={(e) => actions.setFilter({ text: e.target.value })}
        />
        {filter.text ? (
          <button type="button" aria-label="Clear" onClick={() => actions.setFilter({ text: '' })}>
            <X size={12} strokeWidth={1.75} />
          </button>
        ) : (
          <kbd className="kbd">/</kbd>
        )}
      </label>
      <label className={`fl ${filter.state ? 'on' : ''}`}>
        <select
          aria-label="State"
          value={filter.state}
          onChange={(e) => actions.setFilter({ state: e.target.value as StateFilter | '' })}
        >
          <option value="">State</option>
          {Object.entries(STATE_FILTERS).map(([state, word]) => (
            <option key={state} value={state}>
              {word}
            </option>
          ))}
        </select>
      </label>
      <MerchantFilter names={names} merchantId={filter.merchantId} />
      <label className={`fl ${filter.withinMin ? 'on' : ''}`}>
        <select
          aria-label="Promised within"
          value={filter.withinMin ?? ''}
          onChange={(e) => actions.setFilter({ withinMin: e.target.value ? Number(e.target.value) : null })}
        >
          <option value="">Any time</option>
          {WINDOWS.map((minutes) => (
            <option key={minutes} value={minutes}>
              Next {minutes} min
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

/** Merchants to choose among; `names` is one text, so that the list is drawn again only when a merchant comes or goes. */
const MerchantFilter = memo(function MerchantFilter({ names, merchantId }: { names: string; merchantId: string }) {
  const { actions } = useConsole()
  const merchants = JSON.parse(names) as [id: string, name: string][]
  return (
    <label className={`fl ${merchantId ? 'on' : ''}`}>
      <select aria-label="Merchant" value={merchantId} onChange={(e) => actions.setFilter({ merchantId: e.target.value })}>
        <option value="">Merchant</option>
        {merchants.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
})

/** The merchants with open orders by name, as JSON of [id, name] pairs. */
function openMerchants(orders: ReadonlyMap<string, BoardOrder>): string {
  const names = new Map<string, string>()
  for (const order of orders.values()) if (order.endedAtMs === null) names.set(order.merchantId, order.merchantName)
  return JSON.stringify([...names].sort(([, a], [, b]) => (a < b ? -1 : 1)))
}
