import { type DriverId, VEHICLES, type Vehicle } from '@doorstep/shared/domain'
import type { Fleet } from './fleet.ts'
import { setOrderDriver, setShift } from './shifts.ts'

/** What the fleet needs of an event of the log: its type, whom it concerns, and the data of a shift. */
export interface FleetEvent {
  type: string
  subjects: { orderId?: string; driverId?: string }
  data: Record<string, unknown>
}

/** Takes an order or shift event into the fleet; events that do not concern it change nothing. */
export function foldEvent(fleet: Fleet, zoneId: string, event: FleetEvent): void {
  const orderId = event.subjects.orderId
  const driverId = event.subjects.driverId as DriverId | undefined
  switch (event.type) {
    case 'order.assigned':
    case 'order.reassigned':
    case 'order.driver_at_merchant':
      if (orderId && driverId) setOrderDriver(fleet, orderId, driverId, false)
      return
    case 'order.picked_up':
    case 'order.departed':
    case 'order.driver_at_customer':
      if (orderId && driverId) setOrderDriver(fleet, orderId, driverId, true)
      return
    case 'order.unassigned':
    case 'order.rejected':
    case 'order.cancelled':
    case 'order.delivered':
    case 'order.failed':
      if (orderId) setOrderDriver(fleet, orderId, null, false)
      return
    case 'driver.shift_started':
    case 'driver.break_started':
    case 'driver.shift_ended':
      if (driverId) setShift(fleet, { driverId, zoneId, ...shiftOf(event) })
  }
}

function shiftOf({ type, data }: FleetEvent) {
  const vehicle = VEHICLES.find((name) => name === data['vehicle']) ?? ('bicycle' satisfies Vehicle)
  const maxOrders = typeof data['maxOrders'] === 'number' ? data['maxOrders'] : 2
  const shift = type === 'driver.shift_started' ? 'online' : type === 'driver.break_started' ? 'on_break' : 'offline'
  return { vehicle, maxOrders, shift } as const
}
