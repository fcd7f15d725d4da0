import type { BoardDriver } from '@doorstep/shared/contract'
import { shortName } from '../board/format.ts'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import { movableOrders } from '../live/move-route.ts'
import { DriverPicker } from './driver-picker.tsx'

/** Gives all that a driver has not picked up yet to another driver, in one action; what is carried stays and says so. */
export function MoveRoute({ driver }: { driver: BoardDriver }) {
  const { actions } = useConsole()
  const isAsked = useConsoleState((s) => s.question === 'move_route')
  const orders = useConsoleState((s) => s.orders)
  const drivers = useConsoleState((s) => s.drivers)
  const { movable, carried } = movableOrders({ orders, drivers }, driver.id)
  if (driver.stops.length === 0) return null
  const why = movable.length === 0 ? 'Everything is picked up already' : undefined
  return (
    <section className={`sec ${isAsked ? 'choosing' : ''}`} aria-label="Move the route">
      <button
        type="button"
        className="btn wideb"
        disabled={movable.length === 0}
        title={why}
        aria-pressed={isAsked}
        onClick={() => actions.ask(isAsked ? null : 'move_route')}
      >
        Move route… <kbd className="kbd">A</kbd>
      </button>
      {isAsked && (
        <>
          <p className="ink2">
            {movable.length === 1
              ? '1 order moves, its pickup with its drop'
              : `${movable.length} orders move, each pickup with its drop`}
            {carried.length > 0 && `; ${carried.map((order) => `#${order.number}`).join(', ')} picked up already, stays`}
          </p>
          <DriverPicker
            forId={driver.id}
            orders={movable}
            exceptId={driver.id}
            word={(name) => `Move ${movable.length} to ${shortName(name)}`}
            onGive={(toId) => void actions.moveRoute(driver.id, toId)}
          />
        </>
      )}
    </section>
  )
}
