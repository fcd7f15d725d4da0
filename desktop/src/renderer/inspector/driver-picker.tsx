import type { BoardOrder } from '@doorstep/shared/contract'
import { useEffect, useMemo, useState } from 'react'
import { distance } from '../board/format.ts'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import { pickableDrivers } from './rank-drivers.ts'
import { ReasonLine } from './reason-line.tsx'
import { SHOWN } from './steady-ranking.ts'
import { WhatIfTable } from './what-if-table.tsx'

interface Props {
  /** Whose list this is: number keys answer to it. */
  forId: string
  orders: readonly BoardOrder[]
  exceptId: string | null
  word: (driverName: string) => string
  onGive: (driverId: string) => void
}

/** Picks a driver for several orders: the nearest with room first, by name, and what each order would mean for them. */
export function DriverPicker({ forId, orders, exceptId, word, onGive }: Props) {
  const { store } = useConsole()
  const drivers = useConsoleState((s) => s.drivers)
  const [text, setText] = useState('')
  const [pickedId, setPickedId] = useState<string | null>(null)
  const near = orders[0]?.merchantPlace ?? null
  // Who is listed stays while it is on screen, so that nobody moves under the keys; only their load counts on.
  const shown = useMemo(
    () => pickableDrivers(store.getState().drivers.values(), { near, count: orders.length, exceptId, text }).slice(0, SHOWN),
    [store, near, orders.length, exceptId, text],
  )
  const ids = shown.map(({ driver }) => driver.id).join()
  useEffect(() => store.setState({ ranked: { forId, driverIds: ids === '' ? [] : ids.split(',') } }), [store, forId, ids])
  const picked = shown.find(({ driver }) => driver.id === pickedId) ?? shown[0]
  return (
    <>
      <input
        className="field"
        value={text}
        placeholder="Driver by name"
        aria-label="Driver by name"
        onChange={(e) => setText(e.target.value)}
      />
      <ul className="picker">
        {shown.map(({ driver, metres, room }, i) => {
          const now = drivers.get(driver.id) ?? driver
          return (
            <li key={driver.id}>
              <button
                type="button"
                className={driver === picked?.driver ? 'on' : ''}
                aria-pressed={driver === picked?.driver}
                data-driver-id={driver.id}
                onClick={() => setPickedId(driver.id)}
                onDoubleClick={() => onGive(driver.id)}
              >
                <kbd className="kbd">{i + 1}</kbd>
                <span className="cut">{driver.name}</span>
                <span className="ink3">{metres === null ? 'no position' : distance(metres)}</span>
                <span className={room < orders.length ? 'c-late' : ''}>
                  {now.activeOrders}/{now.maxOrders}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      {shown.length === 0 && <p className="ink2">Nobody online is called that.</p>}
      {picked && <WhatIfTable orders={orders} driverId={picked.driver.id} />}
      <ReasonLine />
      {picked && (
        <button type="button" className="btn pri give" onClick={() => onGive(picked.driver.id)}>
          {word(picked.driver.name)} <kbd className="kbd">{shown.indexOf(picked) + 1}</kbd>
        </button>
      )}
    </>
  )
}
