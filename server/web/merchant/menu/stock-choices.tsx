import type { Menu } from '@doorstep/shared/contract'
import { useMerchant, useTimeZone } from '../merchant-context.ts'
import { outOfStockUntilMs, STOCK_CHOICES } from '../shop/pause-until.ts'
import { words } from '../words.ts'

interface Props {
  item: Menu['sections'][number]['items'][number]
  onDone: () => void
}

/** For how long an item is out of stock. */
export function StockChoices({ item, onDone }: Props) {
  const { core, actions } = useMerchant()
  const timeZone = useTimeZone()
  return (
    <fieldset className="row stock-choices" aria-label={words.menu.forItem(item.name)}>
      {STOCK_CHOICES.map((choice) => (
        <button
          key={choice}
          type="button"
          className="tb line grow"
          onClick={() => {
            onDone()
            void actions.setStock(item.id, false, outOfStockUntilMs(choice, core.clock.nowMs(), timeZone))
          }}
        >
          {words.menu.for[choice]}
        </button>
      ))}
    </fieldset>
  )
}
