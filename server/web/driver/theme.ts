import type { Theme } from '../kit/index.ts'
import { storedState } from '../kit/index.ts'

/** The driver's look: dark unless they chose otherwise, since many ride at night and the map is on all the time. */
export const useDriverTheme = storedState<{ theme: Theme }>('doorstep.driver.theme', (stored) => ({
  theme: typeof stored === 'object' && stored !== null && 'theme' in stored && stored.theme === 'light' ? 'light' : 'dark',
}))

/** Puts the page into the chosen look, now and whenever it is changed. */
export function showTheme(): void {
  const show = () => {
    document.documentElement.dataset['theme'] = useDriverTheme.getState().theme
  }
  useDriverTheme.subscribe(show)
  show()
}
