import type { BoardDriver } from '@doorstep/shared/contract'
import { X } from 'lucide-react'
import { age } from '../board/format.ts'
import { Glyph } from '../board/glyph.tsx'
import { useConsole, useConsoleState, useZoneTime } from '../live/console-context.ts'
import { useTicking } from '../live/tick.ts'
import { MoveRoute } from './move-route.tsx'
import { RouteSection } from './route-section.tsx'

/** Everything about one driver: last fix and its age, load, shift, and the route with ETAs. */
export function DriverInspector({ driver }: { driver: BoardDriver }) {
  const shown = useConsoleState((s) => (s.route?.driverId === driver.id ? s.route : null))
  const alerts = useConsoleState((s) => s.alerts).filter((alert) => alert.driverId === driver.id)
  return (
    <>
      <Head driver={driver} />
      {alerts.map((alert) => (
        <div className="sec" key={alert.id}>
          <div className={`say ${alert.class === 'stuck' ? 'act' : ''}`}>
            <Glyph name={alert.class === 'stuck' ? 'octagon' : 'ring-dashed'} tone={alert.class === 'stuck' ? 'act' : 'off'} />
            <span>{alert.text}</span>
          </div>
        </div>
      ))}
      <Facts driver={driver} />
      <MoveRoute driver={driver} />
      {shown?.route && shown.route.stops.length > 0 ? (
        <RouteSection driver={driver} route={shown.route} />
      ) : (
        <div className="sec ink3">{driver.stops.length === 0 ? 'No stops ahead.' : (shown?.refusal ?? 'Loading the route…')}</div>
      )}
    </>
  )
}

function Head({ driver }: { driver: BoardDriver }) {
  const { actions } = useConsole()
  const word = !driver.isOnline ? 'Offline' : driver.activeOrders > 0 ? 'On the way' : 'Idle'
  const tone = !driver.isOnline ? 'off' : driver.activeOrders > 0 ? 'moving' : 'idle'
  return (
    <div className="sec">
      <div className="idl">
        <span className="num">{driver.name}</span>
        <span className={`state c-${tone}`}>
          <Glyph name={driver.isOnline ? 'dot' : 'ring-dashed'} size={10} />
          {word}
        </span>
        <span className="grow" />
        <button type="button" className="ib" aria-label="Close" onClick={() => actions.select(null)}>
          <X size={14} strokeWidth={1.75} />
        </button>
      </div>
      <dl className="trio">
        <div>
          <dt>Last fix</dt>
          <dd>
            <FixAge driver={driver} />
          </dd>
        </div>
        <div>
          <dt>Load</dt>
          <dd>
            {driver.activeOrders}/{driver.maxOrders}
          </dd>
        </div>
        <div>
          <dt>Rating</dt>
          <dd>{driver.rating.toFixed(1)}</dd>
        </div>
      </dl>
    </div>
  )
}

function FixAge({ driver }: { driver: BoardDriver }) {
  const { clock, tick, fleet } = useConsole()
  return useTicking(tick, () => {
    const slot = fleet.slotOf(driver.id)
    const fixAtMs = Math.max(slot === undefined ? 0 : (fleet.slots.fixAtMs[slot] ?? 0), driver.fixAtMs ?? 0)
    return fixAtMs === 0 ? 'none' : `${age(clock.nowMs() - fixAtMs)} ago`
  })
}

function Facts({ driver }: { driver: BoardDriver }) {
  const { hm } = useZoneTime()
  const shift = driver.shiftStartedMs === null ? 'not on shift' : `since ${hm(driver.shiftStartedMs)}`
  const until = driver.shiftEndsMs === null ? '' : ` until ${hm(driver.shiftEndsMs)}`
  return (
    <div className="sec">
      <div className="mny" style={{ gridTemplateColumns: '1fr auto' }}>
        <span className="ink2">Shift</span>
        <span>
          {shift}
          {until}
        </span>
        <span className="ink2">Vehicle</span>
        <span>{driver.vehicle}</span>
      </div>
    </div>
  )
}
