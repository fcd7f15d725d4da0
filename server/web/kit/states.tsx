import type { ApiProblem } from '@doorstep/shared/client'
import { ErrorBoundary } from '@doorstep/shared/ui'
import { type ReactNode, useEffect, useState } from 'react'
import { describeProblem } from './describe-problem.ts'
import { kitWords } from './kit-words.ts'

/** What takes longer than this is said to be loading; what is faster would only flicker. */
const SLOW_MS = 300

/** Shows its children once something has taken too long to pass unnoticed. */
export function Slow({ children, afterMs = SLOW_MS }: { children: ReactNode; afterMs?: number }) {
  const [isSlow, setIsSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), afterMs)
    return () => clearTimeout(timer)
  }, [afterMs])
  return isSlow ? children : null
}

/** Rows in outline while a list loads. */
export function LoadingRows({ rows = 5 }: { rows?: number }) {
  return (
    <Slow>
      <div aria-live="polite" aria-busy="true">
        <p className="vh">{kitWords.loading}</p>
        {Array.from({ length: rows }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: outlines are all alike
          <div key={i} className="ghost-row" aria-hidden="true">
            <i className="ghost tile" />
            <span className="grow">
              <i className="ghost" style={{ width: `${60 - (i % 3) * 12}%` }} />
              <i className="ghost" style={{ width: `${38 - (i % 2) * 8}%` }} />
            </span>
          </div>
        ))}
      </div>
    </Slow>
  )
}

/** Something could not be loaded, and what to do. */
export function Failed({ error, retry }: { error: ApiProblem; retry?: (() => void) | undefined }) {
  return (
    <div className="state" role="alert">
      <p>{describeProblem(error)}</p>
      {retry && (
        <button type="button" className="tb line" onClick={retry}>
          {kitWords.tryAgain}
        </button>
      )}
    </div>
  )
}

/** Nothing here, and a way on. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <p className="h">{title}</p>
      {children}
    </div>
  )
}

/** A part of the program did not arrive: the network was away, or the server has a newer one. */
const isMissingPart = (error: unknown) => /dynamically imported module|importing a module script|preload css/i.test(String(error))

/** Keeps a broken part of the page to itself; a part that never arrived can only come with the whole page. */
export function Guarded({ children }: { children: ReactNode }) {
  const [needsReload, setNeedsReload] = useState(false)
  return (
    <ErrorBoundary
      onError={(error) => {
        console.error(error)
        setNeedsReload(isMissingPart(error))
      }}
      fallback={(retry) => (
        <div className="state" role="alert">
          <p>{needsReload ? kitWords.missingPart : kitWords.broken}</p>
          <button type="button" className="tb line" onClick={needsReload ? () => location.reload() : retry}>
            {kitWords.tryAgain}
          </button>
        </div>
      )}
    >
      {children}
    </ErrorBoundary>
  )
}
