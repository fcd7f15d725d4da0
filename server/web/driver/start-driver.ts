import type { Driver } from './driver-context.ts'
import { preloadMap } from './map/lazy-driver-map.tsx'
import { runPositions } from './ride/run-positions.ts'
import { createAttention } from './state/attention.ts'
import { createActions } from './state/driver-actions.ts'
import { createCore } from './state/driver-core.ts'
import { openDriver } from './state/open-driver.ts'
import { shownState } from './state/shown-state.ts'
import { createWakeLock } from './state/wake-lock.ts'

/** Starts the driver's app: who sits here, their day, the live connection, and what listens to the phone itself. */
export function startDriver(): Driver {
  const core = createCore()
  const positions = runPositions(core)
  const attention = createAttention()
  const actions = createActions(core, positions, attention)
  const wakeLock = createWakeLock()
  core.view.subscribe((view) => wakeLock.set((shownState(view)?.stops.length ?? 0) > 0))
  core.view.subscribe((view) => {
    if (view.phase !== 'ready') return
    positions.resume()
    if (view.state?.shift) preloadMap()
  })
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return
    wakeLock.again()
    positions.cameBack()
  })
  const setNetwork = (hasNetwork: boolean) =>
    core.view.setState(({ lostAtMs, live }) => {
      const isUp = hasNetwork && live === 'live'
      return { hasNetwork, lostAtMs: isUp ? null : (lostAtMs ?? core.clock.nowMs()) }
    })
  addEventListener('pointerdown', attention.unlock, { once: true })
  addEventListener('offline', () => setNetwork(false))
  addEventListener('online', () => {
    setNetwork(true)
    if (core.view.getState().phase === 'unreachable') void openDriver(core)
    else actions.retryNow()
  })
  setNetwork(navigator.onLine)
  void openDriver(core)
  return { core, positions, attention, actions }
}
