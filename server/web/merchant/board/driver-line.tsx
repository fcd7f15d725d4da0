import type { MerchantOrder } from '@doorstep/shared/contract'
import { Bike, Car, Motorbike, Truck } from 'lucide-react'
import { useFormats, useMerchantView, useServerNow } from '../merchant-context.ts'
import { words } from '../words.ts'
import { type DriverNote, driverNote } from './driver-note.ts'

const VEHICLES = { bicycle: Bike, motorcycle: Motorbike, car: Car, van: Truck }

/** Where the driver is, in a line. */
export function DriverLine({ order }: { order: MerchantOrder }) {
  const hadDriver = useMerchantView((view) => view.hadDriver.has(order.id))
  const nowMs = useServerNow(5_000)
  const format = useFormats()
  const note = driverNote(order, hadDriver, nowMs)
  const Vehicle = VEHICLES[order.driver?.vehicle ?? 'bicycle']
  const isNear = note.kind === 'here' || note.kind === 'soon'
  return (
    <p className={`row sm driver ${note.kind === 'changing' ? 'c-late' : isNear ? '' : 'ink2'}`}>
      <Vehicle size={18} strokeWidth={1.75} aria-hidden />
      <span className={isNear ? 'b' : ''}>{textOf(note, format.time)}</span>
    </p>
  )
}

function textOf(note: DriverNote, time: (ms: number) => string): string {
  switch (note.kind) {
    case 'looking':
      return words.driver.looking
    case 'changing':
      return words.driver.changing
    case 'here':
      return words.driver.here(note.name)
    case 'soon':
      return words.driver.soon(note.name, note.minutes)
    case 'later':
      return words.driver.later(note.name, time(note.atMs))
    case 'on_the_way':
      return words.driver.onTheWay(note.name)
  }
}
