import type { Order, OrderEvent } from '@doorstep/shared/contract'
import { Info } from 'lucide-react'
import { type Format, useFormat } from '../../kit/index.ts'
import { words } from '../words.ts'
import { type Slip, slipsOf } from './slip-reasons.ts'

function say(slip: Slip, format: Format): string {
  switch (slip.kind) {
    case 'no_driver':
      return words.slips.noDriver
    case 'cannot_be_in_time':
      return words.slips.cannotBeInTime
    case 'promised_later':
      return words.slips.promisedLater(slip.minutes, format.time(slip.promisedMs))
    case 'delayed':
      return words.slips.delayed(slip.minutes, slip.reason)
    case 'new_driver':
      return words.slips.newDriver(slip.name)
    case 'driver_lost':
      return words.slips.driverLost
    case 'late':
      return words.slips.late(slip.minutes, format.time(slip.promisedMs))
    case 'in_time':
      return words.slips.inTime(format.time(slip.promisedMs))
  }
}

/** Why it comes otherwise than was said, and what that means; or by when it was promised, where all is well. */
export function Slips({ order, events }: { order: Order; events: readonly OrderEvent[] }) {
  const format = useFormat()
  const slips = slipsOf(order, events)
  const reason = order.ended?.reason
  const isOpen = order.times.endedAtMs === null
  const lines = slips.map((slip) => say(slip, format))
  if (lines.length === 0 && isOpen) lines.push(words.slips.promised(format.time(order.promisedAtMs)))
  if (reason) lines.push(words.slips.reason(reason))
  if (lines.length === 0) return null
  return (
    <div className="why" aria-live="polite">
      <Info size={18} strokeWidth={1.75} aria-hidden />
      <div>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </div>
  )
}
