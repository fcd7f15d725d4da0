import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useGoBack } from './go-back.ts'
import { words } from './words.ts'

/** The bar of a page that is not the first: back, its title, and what can be done with it. */
export function TopBar({ title, parent, children }: { title: string; parent: string; children?: ReactNode }) {
  const goBack = useGoBack(parent)
  useEffect(() => {
    if (title) document.title = `${title} · ${words.app}`
    return () => {
      document.title = words.app
    }
  }, [title])
  return (
    <header className="bar-top page-top">
      <button type="button" className="tb sq" aria-label={words.back} onClick={goBack}>
        <ArrowLeft size={22} strokeWidth={1.75} aria-hidden />
      </button>
      <h1 className="h grow cut">{title}</h1>
      {children}
    </header>
  )
}
