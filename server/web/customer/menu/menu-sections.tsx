import type { Menu, Merchant } from '@doorstep/shared/contract'
import { useEffect, useRef, useState } from 'react'
import { Empty, type Format } from '../../kit/index.ts'
import { words } from '../words.ts'
import { Dish } from './dish.tsx'

interface Props {
  menu: Menu
  merchant: Merchant
  format: Format
  nowMs: number
  /** What the dishes are narrowed to. */
  text: string
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The sections whose dishes fit a text; accents and case do not matter. */
export function sectionsWith(menu: Menu, text: string): Menu['sections'] {
  const wanted = folded(text.trim())
  if (wanted === '') return menu.sections
  return menu.sections
    .map(({ name, items }) => ({
      name,
      items: items.filter((item) => folded(`${item.name} ${item.description ?? ''}`).includes(wanted)),
    }))
    .filter((section) => section.items.length > 0)
}

/** The menu in sections, with tabs that follow the scrolling and lead to each. */
export function MenuSections({ menu, merchant, format, nowMs, text }: Props) {
  const sections = sectionsWith(menu, text)
  const [current, setCurrent] = useCurrentSection(sections.length)
  if (sections.length === 0) return <Empty title={text ? words.menu.noDish(text) : words.menu.empty} />
  return (
    <>
      <nav className="secs" aria-label={words.menu.sections}>
        {sections.map(({ name, items }, i) => (
          <a
            key={name}
            className={`tb ${i === current ? 'on' : ''}`}
            aria-current={i === current ? 'true' : undefined}
            href={`#section-${i}`}
            onClick={(event) => {
              event.preventDefault()
              document.getElementById(`section-${i}`)?.scrollIntoView({ behavior: 'smooth' })
              setCurrent(i)
            }}
          >
            {name} <span className="ink3 sec-count">{items.length}</span>
          </a>
        ))}
      </nav>
      {sections.map(({ name, items }, i) => (
        <section key={name} id={`section-${i}`} className="menu-section" data-section={i}>
          <h2 className={`h ${i === 0 ? 'vh' : ''}`}>{name}</h2>
          <ul className="dishes">
            {items.map((item) => (
              <Dish key={item.id} item={item} merchant={merchant} format={format} nowMs={nowMs} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

/** Which section is being read: the last whose top has passed under the tabs. */
function useCurrentSection(count: number): [number, (section: number) => void] {
  const [current, setCurrent] = useState(0)
  const heldUntilMs = useRef(0)
  useEffect(() => {
    if (count === 0) return undefined
    const read = () => {
      if (Date.now() < heldUntilMs.current) return
      const tops = [...document.querySelectorAll<HTMLElement>('[data-section]')].map(
        (section) => section.getBoundingClientRect().top,
      )
      const isEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2
      setCurrent(
        isEnd && scrollY > 0
          ? count - 1
          : Math.max(
              0,
              tops.findLastIndex((top) => top < 140),
            ),
      )
    }
    addEventListener('scroll', read, { passive: true })
    return () => removeEventListener('scroll', read)
  }, [count])
  useEffect(() => {
    document.querySelector('.secs .on')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [current])
  return [
    current,
    (section) => {
      heldUntilMs.current = Date.now() + 700
      setCurrent(section)
    },
  ]
}
