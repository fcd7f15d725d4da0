import { createHttpClient, type HttpClient, hostTimers, type LiveClient } from '@doorstep/shared/client'
import type { DriverState } from '@doorstep/shared/contract'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type DemoSeat, demoSeat } from '../../kit/demo-seat.ts'
import type { Outbox } from '../outbox/create-outbox.ts'
import { memoryOutboxStore, type OutboxStore } from '../outbox/outbox-store.ts'
import { createPositions, type Positions } from '../ride/send-positions.ts'
import { DRIVER_VIEW, type DriverView } from './driver-view.ts'
import { createServerClock, type ServerClock } from './server-clock.ts'

/** What the parts of the driver's app share: the view they draw, the wires, and the phone's keep. */
export interface DriverCore {
  view: StoreApi<DriverView>
  client: HttpClient
  clock: ServerClock
  seat: DemoSeat
  positions: Positions
  live: LiveClient | undefined
  outbox: Outbox | undefined
  store: OutboxStore
  /** Takes what the server says about this driver, shows it and keeps it for a reload without a connection. */
  take(state: DriverState): void
}

/** Makes the core; nothing is asked of the server yet. */
export function createCore(): DriverCore {
  const view = createStore<DriverView>(() => DRIVER_VIEW)
  const seat = demoSeat('driver')
  const clock = createServerClock(() => Date.now())
  const client = createHttpClient({
    baseUrl: `${location.origin}/api/v1`,
    fetch: (url, init) => fetch(url, init),
    token: () => seat.token(),
    newId: () => crypto.randomUUID(),
    onSignedOut: () => view.setState({ phase: 'signed_out' }),
  })
  const core: DriverCore = {
    view,
    client,
    clock,
    seat,
    positions: createPositions({
      client,
      live: () => core.live,
      nowMs: hostTimers.nowMs,
      keptChanged: (keptFixes) => view.setState({ keptFixes }),
    }),
    live: undefined,
    outbox: undefined,
    store: memoryOutboxStore(),
    take(state) {
      view.setState({ state, readAtMs: Date.now(), isFromBefore: false })
      void core.store.keep('state', state)
    },
  }
  return core
}
