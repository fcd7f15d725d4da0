import { createHttpClient, type HttpClient } from '@doorstep/shared/client'
import type { About } from '@doorstep/shared/contract'
import { createContext, use, useMemo } from 'react'
import { createFormat, type Format } from './format.ts'
import { createLive, type Live } from './live.ts'
import { createServerClock, type ServerClock } from './server-clock.ts'
import { createSession, type Session } from './session.ts'

/** What a web view stands on: the API, who is signed in, the live connection, the server's clock. */
export interface View {
  api: HttpClient
  session: Session
  live: Live
  clock: ServerClock
  language: string
}

/** Starts the ground of a view named as in the live protocol. */
export function startView(name: string, language: string): View {
  const clock = createServerClock(Date.now())
  const session = createSession(() => api)
  const api: HttpClient = createHttpClient({
    baseUrl: '/api/v1',
    fetch: (url, init) => fetch(url, init),
    newId: () => crypto.randomUUID(),
    onSignedOut: () => session.ended(),
  })
  const live = createLive(name, clock, () => session.ended())
  session.use.subscribe((now, before) => {
    if (now.me?.id !== before.me?.id && before.status !== 'unknown') live.restart()
  })
  return { api, session, live, clock, language }
}

/** The view's ground, for every component below. */
export const ViewContext = createContext<View | undefined>(undefined)
/** The installation's city, for every component below. */
export const AboutContext = createContext<About | undefined>(undefined)

/** The ground of the view a component is in. */
export function useView(): View {
  const view = use(ViewContext)
  if (!view) throw new Error('There is no view around this component')
  return view
}

/** The installation: its city, mode and clock. */
export function useAbout(): About {
  const about = use(AboutContext)
  if (!about) throw new Error('The city is not known yet')
  return about
}

/** Times, amounts and distances as the view writes them; in another time zone where a zone has its own. */
export function useFormat(timeZone?: string): Format {
  const { city } = useAbout()
  const { language } = useView()
  return useMemo(() => createFormat(language, city.locale, timeZone ?? city.timeZone), [language, city, timeZone])
}
