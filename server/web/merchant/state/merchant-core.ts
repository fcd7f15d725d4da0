import { createHttpClient, type HttpClient, type LiveClient } from '@doorstep/shared/client'
import type { MerchantOrder } from '@doorstep/shared/contract'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type DemoSeat, demoSeat } from '../../kit/demo-seat.ts'
import { createServerClock, type ServerClock } from '../../kit/index.ts'
import { putOrder } from '../board/board-columns.ts'
import { MERCHANT_VIEW, type MerchantView } from './merchant-view.ts'
import { createSounds, type Sounds } from './sounds.ts'

/** What the parts of the merchant's app share. */
export interface MerchantCore {
  view: StoreApi<MerchantView>
  client: HttpClient
  clock: ServerClock
  seat: DemoSeat
  sounds: Sounds
  live: LiveClient | undefined
  /** Puts one order on the board as the server last said it is. */
  put(order: MerchantOrder): void
}

/** Makes the core; nothing is asked of the server yet. */
export function createCore(): MerchantCore {
  const view = createStore<MerchantView>(() => MERCHANT_VIEW)
  const seat = demoSeat('merchant')
  const client = createHttpClient({
    baseUrl: `${location.origin}/api/v1`,
    fetch: (url, init) => fetch(url, init),
    token: () => seat.token(),
    newId: () => crypto.randomUUID(),
    onSignedOut: () => view.setState({ phase: 'signed_out' }),
  })
  return {
    view,
    client,
    clock: createServerClock(Date.now()),
    seat,
    sounds: createSounds(),
    live: undefined,
    put: (order) => view.setState(({ board }) => ({ board: board && putOrder(board, order) })),
  }
}
