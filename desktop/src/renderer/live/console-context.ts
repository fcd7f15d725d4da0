import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { type ZoneTime, zoneTime } from '../board/format.ts'
import type { Bridge } from '../bridge.ts'
import type { ThemeSwitch } from '../theme/theme.ts'
import type { ConsoleActions } from './console-actions.ts'
import type { ConsoleState, ConsoleStore } from './console-store.ts'
import type { DispatchApi } from './dispatch-api.ts'
import type { FleetStore } from './fleet-store.ts'
import type { ServerClock } from './server-clock.ts'
import type { Session } from './session.ts'
import type { Tick } from './tick.ts'

/** What every part of the console is given. */
export interface Console {
  store: ConsoleStore
  fleet: FleetStore
  clock: ServerClock
  tick: Tick
  api: DispatchApi
  actions: ConsoleActions
  session: Session
  bridge: Bridge
  theme: ThemeSwitch
}

export const ConsoleContext = createContext<Console | null>(null)

/** The console around this component. */
export function useConsole(): Console {
  const console = useContext(ConsoleContext)
  if (!console) throw new Error('useConsole outside of a console')
  return console
}

/** A part of the console's state. */
export function useConsoleState<T>(read: (state: ConsoleState) => T): T {
  return useStore(useConsole().store, read)
}

const times = new Map<string, ZoneTime>()

/** Clock formatters in the zone's time zone. */
export function useZoneTime(): ZoneTime {
  const timeZone = useConsoleState((s) => s.zone?.timeZone ?? s.about?.city.timeZone ?? 'UTC')
  const known = times.get(timeZone) ?? zoneTime(timeZone)
  times.set(timeZone, known)
  return known
}
