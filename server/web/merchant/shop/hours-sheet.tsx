import { Sheet } from '../../kit/index.ts'
import { useMerchantView } from '../merchant-context.ts'
import { words } from '../words.ts'

/** When the shop is open, as its opening hours say. */
export function HoursSheet({ onClose }: { onClose: () => void }) {
  const hours = useMerchantView((view) => view.shop?.openingHours ?? null)
  const lines = (hours ?? words.hours.always).split(/;\s*/)
  return (
    <Sheet title={words.hours.title} onClose={onClose}>
      <div className="form">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </Sheet>
  )
}
