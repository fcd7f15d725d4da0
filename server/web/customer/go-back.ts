import { useLocation } from 'wouter'

/** How many pages of this view lie behind the present one in this tab. */
let depth = 0
addEventListener('popstate', () => {
  depth = Math.max(0, depth - 1)
})
const push = history.pushState.bind(history)
history.pushState = (...step) => {
  depth += 1
  push(...step)
}

/** Goes back to where the reader came from within the view, or up to `parent` for who came straight here. */
export function useGoBack(parent: string): () => void {
  const [, navigate] = useLocation()
  return () => (depth > 0 ? history.back() : navigate(parent, { replace: true }))
}
