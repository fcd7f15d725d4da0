import type { Menu } from '@doorstep/shared/contract'
import { CircleSlash, Clock, Utensils } from 'lucide-react'
import { useState } from 'react'
import { MenuSheet } from '../menu/menu-sheet.tsx'
import { useFormats, useMerchantView, useServerNow } from '../merchant-context.ts'
import { words } from '../words.ts'
import { HoursSheet } from './hours-sheet.tsx'

const ICON = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const

type Open = 'stock' | 'menu' | 'hours' | null

/** What is out of stock, the menu, and until when the shop is open. */
export function Footer() {
  const menu = useMerchantView((view) => view.menu)
  const shop = useMerchantView((view) => view.shop)
  const [open, setOpen] = useState<Open>(null)
  const out = outOfStock(menu)
  const nowMs = useServerNow(30_000)
  const format = useFormats()
  const hours = shop?.isOpen
    ? words.hours.open
    : shop?.opensAtMs
      ? words.hours.closed(format.timeOrDay(shop.opensAtMs, nowMs))
      : words.hours.closedPlain
  return (
    <footer className="mfoot">
      <button type="button" className="tb line" onClick={() => setOpen('stock')}>
        <CircleSlash {...ICON} />
        {words.stock.button(out.length)}
      </button>
      <span className="ink2 cut grow stock-text">{stockText(out, (ms) => format.timeOrDay(ms, nowMs))}</span>
      <button type="button" className="tb line" onClick={() => setOpen('menu')}>
        <Utensils {...ICON} />
        {words.menu.button}
      </button>
      {shop && (
        <button type="button" className="tb line" onClick={() => setOpen('hours')}>
          <Clock {...ICON} />
          {hours}
        </button>
      )}
      {(open === 'stock' || open === 'menu') && (
        <MenuSheet onlyOut={open === 'stock' && out.length > 0} onClose={() => setOpen(null)} />
      )}
      {open === 'hours' && <HoursSheet onClose={() => setOpen(null)} />}
    </footer>
  )
}

type Item = Menu['sections'][number]['items'][number]

const outOfStock = (menu: Menu | null): Item[] =>
  (menu?.sections ?? []).flatMap((section) => section.items).filter((item) => !item.isAvailable)

function stockText([first, ...rest]: Item[], time: (ms: number) => string): string {
  if (!first) return words.stock.none
  const { name, unavailableUntilMs } = first
  const text = unavailableUntilMs ? words.stock.until(name, time(unavailableUntilMs)) : words.stock.untilChanged(name)
  return rest.length > 0 ? `${text}, ${words.stock.more(rest.length)}` : text
}
