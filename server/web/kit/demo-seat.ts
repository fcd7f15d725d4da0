/** Where a tab keeps the token of its own seat. */
export interface SeatStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/**
 * The seat of one tab in a demo. A browser has one session cookie, but in a demo one person sits on several seats at once,
 * each in a tab of its own: there a tab keeps its token for itself. Outside the demo nothing is kept here.
 */
export interface DemoSeat {
  token(): string | undefined
  keep(token: string | undefined): void
}

/** The seat of a view in this tab. */
export function demoSeat(view: 'driver' | 'merchant', storage: SeatStorage = sessionStorage): DemoSeat {
  const key = `doorstep.${view}.seat`
  return {
    token: () => storage.getItem(key) ?? undefined,
    keep(token) {
      if (token === undefined) storage.removeItem(key)
      else storage.setItem(key, token)
    },
  }
}
