import { useMemo, useState } from 'react'
import { useMerchant, useMerchantView } from '../merchant-context.ts'
import { Footer } from '../shop/footer.tsx'
import { Header } from '../shop/header.tsx'
import { words } from '../words.ts'
import { boardColumns, COLUMNS, type Column } from './board-columns.ts'
import { BoardTabs } from './board-tabs.tsx'
import { HandedOver } from './handed-over.tsx'
import { ringingOrders } from './ringing.ts'
import { TicketList } from './ticket-list.tsx'
import { useRing } from './use-ring.ts'

/** The board: four columns on a tablet, one at a time on a phone. */
export function BoardScreen() {
  const orders = useMerchantView((view) => view.board?.orders)
  const acknowledged = useMerchantView((view) => view.acknowledged)
  const { core } = useMerchant()
  const columns = useMemo(() => boardColumns(orders ?? []), [orders])
  const ringing = ringingOrders(columns.new, { acknowledged })
  const [shown, setShown] = useState<Column>('new')
  const hasRinging = ringing.length > 0
  useRing(core.sounds, hasRinging)
  const [wasRinging, setWasRinging] = useState(false)
  if (hasRinging !== wasRinging) {
    setWasRinging(hasRinging)
    if (hasRinging) setShown('new')
  }
  const counts = Object.fromEntries(COLUMNS.map((column) => [column, columns[column].length])) as Record<Column, number>
  return (
    <div className="scr">
      <Header />
      <BoardTabs shown={shown} counts={counts} onShow={setShown} />
      <main className="board" aria-label={words.board}>
        <output className="vh">{hasRinging ? words.ringingOrders(ringing.length) : ''}</output>
        {COLUMNS.map((column) => (
          <section key={column} className={`col col-${column}`} data-shown={shown === column} aria-label={words.columns[column]}>
            <h2>
              {words.columns[column]}{' '}
              <span className={column === 'new' && counts.new > 0 ? 'c-act' : 'ink2'}>{counts[column]}</span>
            </h2>
            {columns[column].length === 0 && <p className="sm ink2">{words.empty[column]}</p>}
            {column === 'handed_over' ? (
              <HandedOver orders={columns[column]} />
            ) : (
              <TicketList column={column} orders={columns[column]} />
            )}
          </section>
        ))}
      </main>
      <Footer />
    </div>
  )
}
