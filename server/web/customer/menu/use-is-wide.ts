import { useSyncExternalStore } from 'react'

const query = matchMedia('(min-width: 1000px)')

function subscribe(listener: () => void): () => void {
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** Wide enough for a second column; the same width as in customer.css. */
export const useIsWide = (): boolean => useSyncExternalStore(subscribe, () => query.matches)
