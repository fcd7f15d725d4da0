import type { ApiProblem } from '@doorstep/shared/client'
import type { Result } from '@doorstep/shared/domain'
import { useEffect, useRef, useState } from 'react'
import { useLoad } from './use-load.ts'

interface Page<T> {
  items: T[]
  nextCursor: string | null
}

/** A list that grows page by page. */
export interface Pages<T> {
  items: T[] | undefined
  hasMore: boolean
  isLoading: boolean
  error: ApiProblem | undefined
  /** Fetches the next page, once at a time. */
  more(): void
  reload(): void
}

/** Loads a list by its cursor; the first page is kept like any loaded thing, further ones last while `id` stays. */
export function usePages<T>(
  id: string | null,
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Result<Page<T>, ApiProblem>>,
): Pages<T> {
  const first = useLoad(id, (signal) => load(undefined, signal))
  const [rest, setRest] = useState<{ after: Page<T>; pages: Page<T>[]; error?: ApiProblem }>()
  const [isMore, setIsMore] = useState(false)
  const abort = useRef<AbortController>(undefined)
  useEffect(() => () => abort.current?.abort(), [id])

  const pages = rest && rest.after === first.data ? rest.pages : []
  const last = pages.at(-1) ?? first.data
  const more = () => {
    if (isMore || !first.data || !last?.nextCursor) return
    const after = first.data
    abort.current = new AbortController()
    const { signal } = abort.current
    setIsMore(true)
    void load(last.nextCursor, signal).then((result) => {
      setIsMore(false)
      if (signal.aborted) return
      setRest(result.ok ? { after, pages: [...pages, result.value] } : { after, pages, error: result.error })
    })
  }
  return {
    items: first.data && [first.data, ...pages].flatMap((page) => page.items),
    hasMore: Boolean(last?.nextCursor),
    isLoading: first.isLoading || isMore,
    error: first.error ?? (rest?.after === first.data ? rest?.error : undefined),
    more,
    reload: first.reload,
  }
}
