import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { kitWords } from './kit-words.ts'

interface Props {
  title: string
  onClose: () => void
  children: ReactNode
}

/** A sheet over the page: the browser's own modal dialog, so focus, Escape and screen readers are right by themselves. */
export function Sheet({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const latest = useRef(onClose)
  useEffect(() => {
    latest.current = onClose
  })
  useEffect(() => {
    const element = dialog.current
    if (!element) return undefined
    if (!element.open) element.showModal()
    const cancel = (event: Event) => {
      event.preventDefault()
      latest.current()
    }
    const press = (event: Event) => {
      if (event.target === element) latest.current() // beside the sheet
    }
    element.addEventListener('cancel', cancel)
    element.addEventListener('click', press)
    return () => {
      element.removeEventListener('cancel', cancel)
      element.removeEventListener('click', press)
      element.close()
    }
  }, [])
  return (
    <dialog ref={dialog} className="sheet" aria-labelledby={id}>
      <div className="sheet-body">
        <header className="bar-top">
          <h2 id={id} className="h grow">
            {title}
          </h2>
          <button type="button" className="tb sq" aria-label={kitWords.close} onClick={onClose}>
            <X size={22} strokeWidth={1.75} aria-hidden />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
