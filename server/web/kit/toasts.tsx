import { create } from 'zustand'
import { kitWords } from './kit-words.ts'

interface Toast {
  id: number
  text: string
}

const SHOWN_MS = 6_000
let lastId = 0
const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }))
const dismiss = (id: number) => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))

/** Says something in passing; what needs an answer belongs into the page. */
export function toast(text: string): void {
  const id = ++lastId
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.filter((one) => one.text !== text).slice(-2), { id, text }] }))
  setTimeout(() => dismiss(id), SHOWN_MS)
}

/** Where they are shown, and read out. */
export function Toasts() {
  const { toasts } = useToasts()
  return (
    <div className="toasts" aria-live="polite">
      {toasts.map(({ id, text }) => (
        <div key={id} className="toast">
          <span className="grow">{text}</span>
          <button type="button" className="tb" onClick={() => dismiss(id)}>
            {kitWords.dismiss}
          </button>
        </div>
      ))}
    </div>
  )
}
