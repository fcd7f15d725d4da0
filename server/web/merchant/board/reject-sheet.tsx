import type { MerchantOrder } from '@doorstep/shared/contract'
import { Sheet } from '../../kit/index.ts'
import { useMerchant } from '../merchant-context.ts'
import { words } from '../words.ts'

/** Why an order cannot be made; choosing tells the customer. */
export function RejectSheet({ order, onClose }: { order: MerchantOrder; onClose: () => void }) {
  const { actions } = useMerchant()
  return (
    <Sheet title={words.reject.title(order.number)} onClose={onClose}>
      <div className="form">
        <p className="ink2">{words.reject.text}</p>
        {words.reject.reasons.map((reason) => (
          <button
            key={reason}
            type="button"
            className="tb line"
            onClick={() => {
              onClose()
              void actions.command(order, { kind: 'reject', reason })
            }}
          >
            {reason}
          </button>
        ))}
        <button type="button" className="tb" onClick={onClose}>
          {words.reject.keep}
        </button>
      </div>
    </Sheet>
  )
}
