import type { Menu } from '@doorstep/shared/contract'
import { useId, useState } from 'react'
import { Sheet } from '../../kit/index.ts'
import { useFormats, useMerchant, useMerchantView, useServerNow } from '../merchant-context.ts'
import { words } from '../words.ts'
import { findItems } from './find-items.ts'
import { StockChoices } from './stock-choices.tsx'

type Item = Menu['sections'][number]['items'][number]

/** The menu: what is out of stock, and for how long. */
export function MenuSheet({ onlyOut, onClose }: { onlyOut: boolean; onClose: () => void }) {
  const menu = useMerchantView((view) => view.menu)
  const [text, setText] = useState('')
  const id = useId()
  if (!menu) return null
  const sections = findItems(menu, text, onlyOut)
  return (
    <Sheet title={words.menu.title} onClose={onClose}>
      <div className="form">
        {menu.isDemo && <p className="sm ink2">{words.menu.isDemo}</p>}
        <div className="field">
          <label htmlFor={id}>{words.menu.search}</label>
          <input id={id} type="search" value={text} onChange={(event) => setText(event.target.value)} />
        </div>
        {sections.length === 0 && <p className="ink2">{text ? words.menu.nothing(text) : words.menu.empty}</p>}
        {sections.map((section) => (
          <section key={section.name}>
            <h3 className="b">{section.name}</h3>
            <ul className="menu-items">
              {section.items.map((item) => (
                <MenuRow key={item.id} item={item} currency={menu.currency} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Sheet>
  )
}

function MenuRow({ item, currency }: { item: Item; currency: string }) {
  const { actions } = useMerchant()
  const [isChoosing, setIsChoosing] = useState(false)
  const format = useFormats()
  const nowMs = useServerNow(30_000)
  const out = item.unavailableUntilMs
    ? words.menu.outUntil(format.timeOrDay(item.unavailableUntilMs, nowMs))
    : words.menu.outUntilChanged
  return (
    <li>
      <div className="row">
        <span className="grow">
          {item.name}
          <span className={`sm second ${item.isAvailable ? 'ink2' : 'c-late'}`}>
            {item.isAvailable ? format.money(item.priceMinor, currency) : out}
          </span>
        </span>
        {item.isAvailable ? (
          <button type="button" className="tb line" aria-expanded={isChoosing} onClick={() => setIsChoosing(!isChoosing)}>
            {words.menu.outOfStock}
          </button>
        ) : (
          <button type="button" className="tb line" onClick={() => void actions.setStock(item.id, true, null)}>
            {words.menu.available}
          </button>
        )}
      </div>
      {isChoosing && item.isAvailable && <StockChoices item={item} onDone={() => setIsChoosing(false)} />}
    </li>
  )
}
