import { createContext, use, useMemo } from 'react'
import { useStore } from 'zustand'
import { createFormat, type Format, useNow } from '../kit/index.ts'
import type { MerchantActions } from './state/merchant-actions.ts'
import type { MerchantCore } from './state/merchant-core.ts'
import type { MerchantView } from './state/merchant-view.ts'

/** The merchant's app as its screens see it. */
export interface MerchantApp {
  core: MerchantCore
  actions: MerchantActions
}

/** The app, for every component below. */
export const MerchantContext = createContext<MerchantApp | undefined>(undefined)

/** The app a component is in. */
export function useMerchant(): MerchantApp {
  const app = use(MerchantContext)
  if (!app) throw new Error('There is no merchant’s app around this component')
  return app
}

/** A part of what is known; the component is drawn again when that part changes. */
export function useMerchantView<T>(select: (view: MerchantView) => T): T {
  return useStore(useMerchant().core.view, select)
}

/** The server's time, shown anew at this interval. */
export const useServerNow = (everyMs: number): number => useNow(useMerchant().core.clock, everyMs)

/** The zone's time zone, in which everything on the board is said. */
export function useTimeZone(): string {
  return useMerchantView((view) => view.board?.merchant.timeZone ?? view.shop?.timeZone ?? view.about?.city.timeZone ?? 'UTC')
}

/** Times and amounts in the shop's time zone and the city's habits. */
export function useFormats(): Format {
  const city = useMerchantView((view) => view.about?.city)
  const timeZone = useTimeZone()
  return useMemo(() => createFormat('en', city?.locale ?? 'en-GB', timeZone), [city, timeZone])
}
