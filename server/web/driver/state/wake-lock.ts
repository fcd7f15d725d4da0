/** Keeps the screen on while wanted; takes the lock again when the page comes back from the background. */
export function createWakeLock(): { set(wanted: boolean): void; again(): void } {
  let isWanted = false
  let held: WakeLockSentinel | undefined
  const take = async () => {
    const { wakeLock } = navigator as { wakeLock?: WakeLock }
    if (!isWanted || held || !wakeLock || document.visibilityState !== 'visible') return
    try {
      held = await wakeLock.request('screen')
      held.addEventListener('release', () => {
        held = undefined
      })
    } catch {
      held = undefined // the battery is low or the system said no: the screen goes dark as usual
    }
  }
  return {
    set(wanted) {
      isWanted = wanted
      if (wanted) void take()
      else void held?.release()
    },
    again: () => void take(),
  }
}
