import { useConsoleState } from '../live/console-context.ts'
import { BulkInspector } from './bulk-inspector.tsx'
import { DriverInspector } from './driver-inspector.tsx'
import { OrderInspector } from './order-inspector.tsx'
import { ReportSection } from './report-section.tsx'

/** What is selected, in full. */
export function Inspector() {
  const selection = useConsoleState((s) => s.selection)
  const order = useConsoleState((s) => (s.selection?.kind === 'order' ? s.orders.get(s.selection.id) : undefined))
  const isSeveral = useConsoleState((s) => s.marked.size > 1)
  const driver = useConsoleState((s) => (s.selection?.kind === 'driver' ? s.drivers.get(s.selection.id) : undefined))
  return (
    <aside className="insp" aria-label="Inspector">
      <ReportSection />
      {isSeveral ? (
        <BulkInspector />
      ) : order ? (
        <OrderInspector key={order.id} order={order} />
      ) : driver ? (
        <DriverInspector key={driver.id} driver={driver} />
      ) : (
        <div className="empty">
          <b>{selection ? 'Not on the board any more' : 'Nothing selected'}</b>
          <span>Pick an order in the queue or a driver on the map.</span>
          <span>
            <kbd className="kbd">J</kbd> <kbd className="kbd">K</kbd> walk the queue, <kbd className="kbd">?</kbd> shows every key
          </span>
        </div>
      )}
    </aside>
  )
}
