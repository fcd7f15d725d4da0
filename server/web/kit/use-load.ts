import type { ApiProblem } from '@doorstep/shared/client'
import { type Result } from '@doorstep/shared/domain'
import { useCallback, useEffect, useRef, useState } from 'react'

/** What a component knows of something it loads; `data` stays while it is loaded again. */
export interface Loaded<T> {
  data: T | undefined
  error: ApiProblem | undefined
  isLoading: boolean
  reload(): void
  /** Puts a newer state in place, for instance one that came live. */
  replace(data: T): void
  /** Changes what is known at this moment, which may be newer than what was last drawn; nothing while nothing is known. */
  change(by: (known: T) => T): void
}

/** What was loaded before, so that going back shows it at once while it is fetched anew. */
const kept = new Map<string, unknown>()
const KEPT_MOST = 60
/** Coming back to a page after this long loads it again. */
const STALE_MS = 60_000

/**
 * Loads what `id` names while a component shows it; nothing with null. Comes again when the network or the reader is back.
 * `choose` decides which stays where an answer and something live crossed on their way; without it the later one does.
 */
export function useLoad<T>(
  id: string | null,
  load: (signal: AbortSignal) => Promise<Result<T, ApiProblem>>,
  choose: (known: T, next: T) => T = (_, next) => next,
): Loaded<T> {
  const [state, setState] = useState<{ id: string | null; round: number; data?: T; error?: ApiProblem }>({ id: null, round: -1 })
  const [round, setRound] = useState(0)
  const latest = useRef(load)
  const chosen = useRef(choose)
  const loadedAtMs = useRef(0)
  useEffect(() => {
    latest.current = load
    chosen.current = choose
  })

  useEffect(() => {
    if (id === null) return undefined
    const abort = new AbortController()
    void latest.current(abort.signal).then((result) => {
      if (abort.signal.aborted) return
      loadedAtMs.current = Date.now()
      if (result.ok) keepChosen(id, result.value, chosen.current)
      const before = kept.get(id) as T | undefined
      setState({ id, round, ...(before !== undefined && { data: before }), ...(!result.ok && { error: result.error }) })
    })
    return () => abort.abort()
  }, [id, round])

  const reload = useCallback(() => setRound((n) => n + 1), [])
  useEffect(() => {
    const back = () => {
      if (!document.hidden && Date.now() - loadedAtMs.current > STALE_MS) reload()
    }
    addEventListener('online', reload)
    document.addEventListener('visibilitychange', back)
    return () => {
      removeEventListener('online', reload)
      document.removeEventListener('visibilitychange', back)
    }
  }, [reload])
  const replace = useCallback(
    (next: T) => {
      if (id === null) return
      const data = keepChosen(id, next, chosen.current)
      setState((old) => ({ id, round: old.id === id ? old.round : -1, data }))
    },
    [id],
  )
  const change = useCallback(
    (by: (known: T) => T) => {
      const known = id === null ? undefined : (kept.get(id) as T | undefined)
      if (known !== undefined) replace(by(known))
    },
    [id, replace],
  )

  const isCurrent = state.id === id && id !== null
  const data = isCurrent ? state.data : id === null ? undefined : (kept.get(id) as T | undefined)
  const isLoading = id !== null && (!isCurrent || state.round !== round)
  return { data, error: isCurrent ? state.error : undefined, isLoading, reload, replace, change }
}

function keepChosen<T>(id: string, next: T, choose: (known: T, next: T) => T): T {
  const known = kept.get(id) as T | undefined
  const data = known === undefined ? next : choose(known, next)
  keep(id, data)
  return data
}

function keep(id: string, data: unknown): void {
  kept.delete(id)
  kept.set(id, data)
  const oldest = kept.keys().next()
  if (kept.size > KEPT_MOST && !oldest.done) kept.delete(oldest.value)
}
