import type { MerchantApp } from './merchant-context.ts'
import { createActions } from './state/merchant-actions.ts'
import { createCore } from './state/merchant-core.ts'
import { openMerchant, refreshMenu, refreshShop } from './state/open-merchant.ts'

const REFRESH_MS = 60_000

/** Starts the kitchen's board: whose it is, the live connection, and what nobody pushes (the shop, the menu) once a minute. */
export function startMerchant(): MerchantApp {
  const core = createCore()
  const isReady = () => core.view.getState().phase === 'ready'
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && isReady()) core.live?.reconnectNow()
  })
  addEventListener('online', () => (isReady() ? core.live?.reconnectNow() : void openMerchant(core)))
  setInterval(() => {
    if (document.hidden || !isReady()) return
    void refreshShop(core)
    void refreshMenu(core)
  }, REFRESH_MS)
  void openMerchant(core)
  return { core, actions: createActions(core) }
}
