import type { OrderId, UserId } from '@doorstep/shared/domain'
import { followOrderInDrivers } from '../../server/src/drivers/index.ts'
import { actOnOrder } from '../../server/src/orders/index.ts'
import type { Clock, Database, Principal } from '../../server/src/platform/index.ts'
import { wallMs } from './wall-clock.ts'

const TICK_MS = 4
/** With so many transactions open the database is the limit; more would only wait in line. */
const MOST_OPEN = 32

/** What changing orders takes. */
export interface ChangeDeps {
  db: Database
  clock: Clock
  actorId: UserId
  orderIds: readonly OrderId[]
  perSecond: number
  /** What production calls after a commit. */
  committed(): void
  changed(order: number, version: number, atMs: number): void
  failed(error: unknown): void
}

/**
 * Changes orders one after the other at a rate, by the use case behind `PATCH /orders/:id/status`: each is a transaction
 * that locks the order, moves it and writes its log entry. A change that is due is made late rather than left out.
 */
export function makeChanges(deps: ChangeDeps): { stop(): Promise<void> } {
  const { db, clock, orderIds } = deps
  const dispatcher: Principal = { userId: deps.actorId, role: 'dispatcher', name: 'Bench' }
  const open = new Map<number, Promise<void>>()
  const startMs = performance.now()
  let made = 0
  let next = 0

  const change = async (order: number) => {
    let atMs = 0
    const committed = () => {
      atMs = wallMs()
      deps.committed()
    }
    const wanted = { orderId: orderIds[order]!, action: 'delay', version: undefined, minutes: 1 }
    const moved = await actOnOrder({ db, participants: [followOrderInDrivers], committed }, dispatcher, wanted, clock.nowMs())
    deps.changed(order, moved.after.version, atMs)
  }
  const timer = setInterval(() => {
    const due = ((performance.now() - startMs) / 1_000) * deps.perSecond
    while (made < due && open.size < Math.min(MOST_OPEN, orderIds.length)) {
      const order = next++ % orderIds.length
      if (open.has(order)) continue
      made++
      open.set(
        order,
        change(order)
          .catch(deps.failed)
          .finally(() => open.delete(order)),
      )
    }
  }, TICK_MS)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(open.values())
    },
  }
}
