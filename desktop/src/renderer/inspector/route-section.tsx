import type { BoardDriver } from '@doorstep/shared/contract'
import { Fragment } from 'react'
import { distance, shortName } from '../board/format.ts'
import { Glyph } from '../board/glyph.tsx'
import { useConsole, useZoneTime } from '../live/console-context.ts'
import type { Route } from '../live/dispatch-api.ts'

/** A driver's stops in order with their ETAs; the selected order's own are in the accent. */
export function RouteSection(props: { driver: BoardDriver; route: Route; selectedOrder?: string }) {
  const { driver, route, selectedOrder } = props
  const { actions } = useConsole()
  const { hm } = useZoneTime()
  const first = shortName(driver.name).split(' ')[0]
  const count = route.stops.length
  return (
    <div className="sec">
      <h3>
        {first}’s route
        <span className="ink3">
          {count} {count === 1 ? 'stop' : 'stops'}, {distance(route.distanceM)}
        </span>
      </h3>
      <div className="stops">
        {route.stops.map((stop) => {
          const isSelected = stop.orderId === selectedOrder
          const name = stop.kind === 'pickup' ? stop.name : stop.address
          return (
            <Fragment key={`${stop.kind}${stop.orderId}`}>
              <Glyph name={stop.kind === 'pickup' ? 'square-filled' : 'circle'} tone={isSelected ? 'acc' : 'moving'} />
              <span>{stop.arrivedAtMs !== null ? 'there' : stop.etaMs === null ? '–' : hm(stop.etaMs)}</span>
              <span className="cut" title={stop.address}>
                {name}
              </span>
              <button type="button" className="ink3 linkish" onClick={() => actions.select({ kind: 'order', id: stop.orderId })}>
                #{stop.number}
              </button>
            </Fragment>
          )
        })}
      </div>
    </div>
  )
}
