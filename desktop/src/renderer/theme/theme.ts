import type { MapTheme } from '@doorstep/shared/map'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** What the person chose; `system` follows the operating system. */
export type ThemeChoice = 'system' | MapTheme

/** The choice and what it comes to now. */
export interface ThemeState {
  choice: ThemeChoice
  theme: MapTheme
}

/** The theme of the page, kept between visits. */
export interface ThemeSwitch {
  store: StoreApi<ThemeState>
  choose(choice: ThemeChoice): void
}

const KEY = 'doorstep.theme'

/** Applies the kept choice to the document and follows the system while nothing else is chosen. */
export function createThemeSwitch(page: Window): ThemeSwitch {
  const dark = page.matchMedia('(prefers-color-scheme: dark)')
  const kept = page.localStorage.getItem(KEY)
  const choice: ThemeChoice = kept === 'light' || kept === 'dark' ? kept : 'system'
  const themeOf = (chosen: ThemeChoice): MapTheme => (chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen)
  const store = createStore<ThemeState>(() => ({ choice, theme: themeOf(choice) }))
  const apply = () => {
    page.document.documentElement.dataset['theme'] = store.getState().theme
  }
  dark.addEventListener('change', () => {
    store.setState((s) => ({ theme: themeOf(s.choice) }))
  })
  store.subscribe(apply)
  apply()
  return {
    store,
    choose(next) {
      page.localStorage.setItem(KEY, next)
      store.setState({ choice: next, theme: themeOf(next) })
    },
  }
}
