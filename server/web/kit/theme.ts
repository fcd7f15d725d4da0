import { useSyncExternalStore } from 'react'

/** The two looks. */
export type Theme = 'light' | 'dark'

const dark = () => matchMedia('(prefers-color-scheme: dark)')
const current = (): Theme => (dark().matches ? 'dark' : 'light')

/** Puts the page into the system's theme, now and whenever it changes. */
export function followSystemTheme(): void {
  const show = () => {
    document.documentElement.dataset['theme'] = current()
  }
  dark().addEventListener('change', show)
  show()
}

function subscribe(listener: () => void): () => void {
  const query = dark()
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** The theme of the page, for what CSS cannot reach: maps. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, current)
