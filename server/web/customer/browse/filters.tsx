import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'wouter'
import { useLoad, useView } from '../../kit/index.ts'
import { words } from '../words.ts'
import { categoryName } from './category-icon.tsx'

/** What the list is narrowed to; it lives in the address, so that going back finds it again. */
export interface Filter {
  q: string
  category: string
  openNow: boolean
}

const TYPING_MS = 250

/** The filter of the page's address, and how to change it. */
export function useFilter(): [Filter, (change: Partial<Filter>) => void] {
  const [params, setParams] = useSearchParams()
  const filter = { q: params.get('q') ?? '', category: params.get('category') ?? '', openNow: params.get('open') === '1' }
  const change = (next: Partial<Filter>) => {
    const { q, category, openNow } = { ...filter, ...next }
    setParams({ ...(q && { q }), ...(category && { category }), ...(openNow && { open: '1' }) }, { replace: true })
  }
  return [filter, change]
}

/** The search field: what is typed counts once the typing rests. */
export function SearchField({
  value,
  onChange,
  label,
  placeholder,
}: {
  value: string
  onChange: (text: string) => void
  label: string
  placeholder: string
}) {
  const [text, setText] = useState(value)
  const [given, setGiven] = useState(value)
  if (given !== value) {
    setGiven(value)
    setText(value)
  }
  useEffect(() => {
    const trimmed = text.trim().slice(0, 80)
    if (trimmed === value) return undefined
    const timer = setTimeout(() => onChange(trimmed), TYPING_MS)
    return () => clearTimeout(timer)
  })
  return (
    <search className="search">
      <Search size={20} strokeWidth={1.75} aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        maxLength={80}
        enterKeyHint="search"
        onChange={(event) => setText(event.target.value)}
      />
    </search>
  )
}

/** Categories that there are, the biggest first, and those open now. */
export function CategoryBar({ filter, onChange }: { filter: Filter; onChange: (change: Partial<Filter>) => void }) {
  const { api } = useView()
  const { data } = useLoad('categories', (signal) => api.call('GET /categories', { signal }))
  const categories = [...(data?.items ?? [])].sort((a, b) => b.merchants - a.merchants)
  const chip = (label: string, isOn: boolean, change: Partial<Filter>) => (
    <button key={label} type="button" className={`tb ${isOn ? 'on' : ''}`} aria-pressed={isOn} onClick={() => onChange(change)}>
      {label}
    </button>
  )
  return (
    <fieldset className="cats">
      <legend className="vh">{words.browse.categories}</legend>
      {chip(words.browse.all, filter.category === '' && !filter.openNow, { category: '', openNow: false })}
      {chip(words.browse.openNow, filter.openNow, { openNow: !filter.openNow })}
      {categories.map(({ category }) =>
        chip(categoryName(category), filter.category === category, { category: filter.category === category ? '' : category }),
      )}
    </fieldset>
  )
}
