import { Square, SquareCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useDriver, useDriverView } from '../driver-context.ts'
import { words } from '../words.ts'
import type { ShownStop } from './apply-outbox.ts'

/** What is to be picked up, to be ticked off while taking it. */
export function ItemCheck({ stop }: { stop: ShownStop }) {
  const { actions } = useDriver()
  const order = useDriverView((view) => view.orders[stop.orderId])
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set())
  useEffect(() => void actions.loadOrder(stop.orderId), [actions, stop.orderId])
  const toggle = (index: number) =>
    setTicked((old) => (old.has(index) ? new Set([...old].filter((one) => one !== index)) : new Set([...old, index])))
  if (!order) return <p className="ink2 sm items-none">{words.route.loadingItems(stop.itemCount)}</p>
  return (
    <fieldset className="items">
      <legend className="b">{stop.kind === 'pickup' ? words.route.verify : words.route.handOver}</legend>
      {order.lines.map((line, index) => (
        <label key={`${line.itemId}-${line.note ?? ''}`} className="item">
          <input type="checkbox" className="vh" checked={ticked.has(index)} onChange={() => toggle(index)} />
          <span className={ticked.has(index) ? 'c-idle' : 'ink3'}>
            {ticked.has(index) ? <SquareCheck {...ICON} /> : <Square {...ICON} />}
          </span>
          <span>
            {line.quantity} {line.name}
            {line.note && <span className="sm ink2 second">{line.note}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

const ICON = { size: 24, strokeWidth: 1.75, 'aria-hidden': true } as const
