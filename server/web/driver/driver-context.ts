import { createContext, use, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { createFormat, type Format } from '../kit/index.ts'
import type { PositionRun } from './ride/run-positions.ts'
import type { Attention } from './state/attention.ts'
import type { DriverActions } from './state/driver-actions.ts'
import type { DriverCore } from './state/driver-core.ts'
import type { DriverView } from './state/driver-view.ts'

/** The driver's app as its screens see it. */
export interface Driver {
  core: DriverCore
  positions: PositionRun
  attention: Attention
  actions: DriverActions
}

/** The app, for every component below. */
export const DriverContext = createContext<Driver | undefined>(undefined)

/** The app a component is in. */
export function useDriver(): Driver {
  const driver = use(DriverContext)
  if (!driver) throw new Error('There is no driver’s app around this component')
  return driver
}

/** A part of what is known; the component is drawn again when that part changes. */
export function useDriverView<T>(select: (view: DriverView) => T): T {
  return useStore(useDriver().core.view, select)
}

/** The server's time, shown anew at this interval. */
export function useServerNow(everyMs: number): number {
  const { clock } = useDriver().core
  const [nowMs, setNowMs] = useState(() => clock.nowMs())
  useEffect(() => {
    const show = () => setNowMs(clock.nowMs())
    show()
    const timer = setInterval(show, everyMs)
    return () => clearInterval(timer)
  }, [clock, everyMs])
  return nowMs
}

/** The phone's own time, shown anew at this interval: for what was timed on the phone. */
export function usePhoneNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs
}

/** Times, amounts and distances in the city's time zone and habits. */
export function useFormats(): Format {
  const city = useDriverView((view) => view.about?.city)
  return useMemo(() => createFormat('en', city?.locale ?? 'en-GB', city?.timeZone ?? 'UTC'), [city])
}
