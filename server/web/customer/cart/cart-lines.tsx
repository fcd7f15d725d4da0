import { LINE_QUANTITY } from '@doorstep/shared/domain'
import { Minus, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useFormat } from '../../kit/index.ts'
import { words } from '../words.ts'
import { type CartLine, type LineState, setNote, setQuantity } from './cart.ts'
import { changeCart } from './cart-store.ts'

interface Props {
  lines: readonly CartLine[]
  states: ReadonlyMap<string, LineState> | undefined
  currency: string
}

/** The basket line by line: how many, which wish, and what has changed since. */
export function CartLines({ lines, states, currency }: Props) {
  return (
    <ul>
      {lines.map((line) => (
        <Line key={line.id} line={line} state={states?.get(line.id) ?? { kind: 'fine' }} currency={currency} />
      ))}
    </ul>
  )
}

function Line({ line, state, currency }: { line: CartLine; state: LineState; currency: string }) {
  const format = useFormat()
  const { id, name, quantity, unitPriceMinor } = line
  const set = (next: number) => changeCart((cart) => setQuantity(cart, id, next))
  const isLost = state.kind === 'gone' || state.kind === 'sold_out'
  return (
    <li className="cline">
      <div className="cline-what">
        <div className={isLost ? 'ink3' : ''}>{name}</div>
        <div className="sm ink2">{format.money(unitPriceMinor, currency)}</div>
        {state.kind === 'new_price' && (
          <div className="sm c-late">{words.cart.newPrice(format.money(state.priceMinor, currency))}</div>
        )}
        {state.kind === 'gone' && <div className="sm c-act">{words.cart.gone}</div>}
        {state.kind === 'sold_out' && <div className="sm c-act">{words.cart.soldOut}</div>}
        {!isLost && <NoteEditor line={line} />}
      </div>
      <div className="stepper">
        <button
          type="button"
          className="tb sq"
          aria-label={quantity === 1 ? words.cart.remove(name) : words.cart.less(name)}
          onClick={() => set(quantity - 1)}
        >
          {quantity === 1 ? (
            <Trash2 size={18} strokeWidth={1.75} aria-hidden />
          ) : (
            <Minus size={18} strokeWidth={1.75} aria-hidden />
          )}
        </button>
        <b aria-hidden="true">{quantity}</b>
        <span className="vh" aria-live="polite">
          {words.cart.quantity(quantity, name)}
        </span>
        <button
          type="button"
          className="tb sq"
          aria-label={words.cart.more(name)}
          disabled={isLost || quantity >= LINE_QUANTITY.max}
          onClick={() => set(quantity + 1)}
        >
          <Plus size={18} strokeWidth={1.75} aria-hidden />
        </button>
      </div>
    </li>
  )
}

const NOTE_MAX = 140
const focus = (input: HTMLInputElement | null) => input?.focus()

function NoteEditor({ line: { id, name, note } }: { line: CartLine }) {
  const [isOpen, setIsOpen] = useState(false)
  if (!isOpen) {
    return (
      <button type="button" className="note-button sm ink2" aria-label={words.cart.noteFor(name)} onClick={() => setIsOpen(true)}>
        {note ?? words.cart.addNote}
      </button>
    )
  }
  const done = (text: string) => {
    changeCart((cart) => setNote(cart, id, text))
    setIsOpen(false)
  }
  return (
    <input
      ref={focus}
      className="note-input"
      aria-label={words.cart.noteFor(name)}
      placeholder={words.cart.noteHint}
      defaultValue={note ?? ''}
      maxLength={NOTE_MAX}
      enterKeyHint="done"
      onBlur={(event) => done(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done(event.currentTarget.value)
      }}
    />
  )
}
