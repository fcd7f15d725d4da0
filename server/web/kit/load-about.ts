import type { HttpClient } from '@doorstep/shared/client'
import type { About } from '@doorstep/shared/contract'
import { useEffect } from 'react'
import type { ServerClock } from './server-clock.ts'
import { type Loaded, useLoad } from './use-load.ts'

const KEY = 'doorstep.about'

/** What the installation is; the answer of the last visit until the new one is here, so that a view opens offline too. */
export function useLoadAbout(api: HttpClient, clock: ServerClock): Loaded<About> {
  const about = useLoad('about', (signal) => api.call('GET /about', { signal }))
  useEffect(() => {
    if (!about.data) return
    clock.set(about.data.nowMs, about.data.clockSpeed)
    try {
      localStorage.setItem(KEY, JSON.stringify(about.data))
    } catch {
      // not allowed here: it is asked for again next time
    }
  }, [about.data, clock])
  return about.data ? about : { ...about, data: lastAbout() }
}

let last: About | undefined

function lastAbout(): About | undefined {
  try {
    last ??= JSON.parse(localStorage.getItem(KEY) ?? 'null') ?? undefined
  } catch {
    last = undefined // nothing usable is stored
  }
  return last
}
