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
  useEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
    return () => element?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
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
