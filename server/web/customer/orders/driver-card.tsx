import type { Order } from '@doorstep/shared/contract'
import { useNow, useView } from '../../kit/index.ts'
import { words } from '../words.ts'
import type { DriverFix } from './follow-order.ts'

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((part) => part.charAt(0))
    .slice(0, 2)
    .join('')
    .toUpperCase()

/** Who brings it and how old the last position is; or that somebody is being found. */
export function DriverCard({ order: { driver, delivery }, fix }: { order: Order; fix: DriverFix | null }) {
  const { clock } = useView()
  const nowMs = useNow(clock, 1_000)
  if (!driver) return <p className="hr driver ink2">{words.track.finding}</p>
  const isCarried = delivery === 'picked_up' || delivery === 'in_transit' || delivery === 'at_customer'
  const agoS = fix ? Math.max(0, Math.round((nowMs - fix.atMs) / 1000)) : null
  return (
    <section className="hr driver row" aria-label={words.track.yourDriver}>
      <span className="avatar" aria-hidden="true">
        {initials(driver.name)}
      </span>
      <div className="grow">
        <p className="b cut">{driver.name}</p>
        <p className="sm ink2 dot-sep">
          <span>{words.track.vehicles[driver.vehicle]}</span>
          <span>★ {driver.rating.toFixed(1)}</span>
          {isCarried && <span>{agoS === null ? words.track.waitingForFix(driver.name) : words.track.ago(agoS)}</span>}
        </p>
      </div>
    </section>
  )
}
