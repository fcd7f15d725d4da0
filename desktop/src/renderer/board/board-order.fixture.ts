import type { BoardOrder } from '@doorstep/shared/contract'

/** An open order on time, except for what a test says. */
export function boardOrderWith(change: Partial<BoardOrder>): BoardOrder {
  return {
    id: `order-${change.number ?? 0}` as BoardOrder['id'],
    number: 0,
    version: 1,
    status: 'preparing',
    kitchen: 'preparing',
    delivery: 'assigned',
    merchantId: 'merchant' as BoardOrder['merchantId'],
    merchantName: 'Casa',
    merchantPlace: { lat: 41.15, lon: -8.61 },
    dropPlace: { lat: 41.16, lon: -8.62 },
    dropAddress: 'Rua Formosa 412',
    customerName: 'Helena',
    note: null,
    itemCount: 1,
    totalMinor: 1_000,
    placedAtMs: 0,
    kitchenReadyMs: null,
    isReady: false,
    promisedAtMs: 1_764_000_000_000 + 1_800_000,
    predictedMs: 1_764_000_000_000 + 1_200_000,
    predictedPickupMs: null,
    driverId: null,
    pinnedDriverId: null,
    isHeld: false,
    priority: 0,
    proposal: null,
    offer: null,
    attempts: 0,
    noDriverAvailable: false,
    endedAtMs: null,
    ...change,
  }
}
