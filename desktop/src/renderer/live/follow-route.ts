import type { ConsoleState, ConsoleStore } from './console-store.ts'
import type { DispatchApi } from './dispatch-api.ts'

/** How often the way ahead is asked for again while its driver rides, so that the ridden part goes. */
const REFRESH_MS = 10_000

/** Keeps the route of whatever is selected in the store: asked for on selection and whenever the driver's stops change. */
export function followRoute(store: ConsoleStore, api: DispatchApi): () => void {
  let asked = ''
  const look = (isRefresh: boolean) => {
    const state = store.getState()
    const driverId = selectedDriverId(state)
    const key = driverId ? `${driverId}@${stopsKey(state, driverId)}` : ''
    if (key === asked && !isRefresh) return
    asked = key
    if (!driverId || !stopsKey(state, driverId)) {
      if (state.route) store.setState({ route: null })
      return
    }
    if (state.route && state.route.driverId !== driverId) store.setState({ route: null })
    void api.driverRoute(driverId).then((result) => {
      if (asked !== key) return
      const refusal = result.ok ? null : (result.error.detail ?? result.error.title)
      store.setState({ route: { driverId, route: result.ok ? result.value : null, refusal } })
    })
  }
  const timer = setInterval(() => look(true), REFRESH_MS)
  const off = store.subscribe(() => look(false))
  return () => {
    clearInterval(timer)
    off()
  }
}

/** The driver that is selected, or that has the selected order. */
export function selectedDriverId({ selection, orders }: Pick<ConsoleState, 'selection' | 'orders'>): string | null {
  if (!selection) return null
  return selection.kind === 'driver' ? selection.id : (orders.get(selection.id)?.driverId ?? null)
}

const stopsKey = (state: ConsoleState, driverId: string) =>
  state.drivers
    .get(driverId)
    ?.stops.map((stop) => `${stop.orderId}${stop.kind}${stop.arrivedAtMs === null ? '' : 'a'}`)
    .join() ?? ''
