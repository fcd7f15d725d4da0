/** Where each page of this visit was scrolled to, so that going back finds the place again. */
const positions = new Map<string, number>()
let isBack = false
let shown = location.pathname

history.scrollRestoration = 'manual'
addEventListener('popstate', () => {
  isBack = true
})
addEventListener('scroll', () => positions.set(shown, scrollY), { passive: true })

/** Shows a page from its top, or from where it was left when the reader goes back to it. */
export function scrollForPage(path: string): void {
  shown = path
  scrollTo(0, isBack ? (positions.get(path) ?? 0) : 0)
  isBack = false
}
