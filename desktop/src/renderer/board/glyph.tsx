import type { ReactNode } from 'react'
import type { OrderGlyph } from './order-look.ts'

const octagon = (
  <>
    <path d="M4 .8h4L11.2 4v4L8 11.2H4L.8 8V4z" fill="currentColor" />
    <path d="M6 3.2v3.4M6 8.3v.6" stroke="var(--bg)" strokeWidth="1.5" strokeLinecap="round" />
  </>
)

const SHAPES: Record<OrderGlyph | 'square-filled' | 'dot', ReactNode> = {
  octagon,
  'triangle-double': (
    <>
      <path d="M6 .4 10.4 6H1.6z" fill="currentColor" />
      <path d="M6 6 10.4 11.6H1.6z" fill="currentColor" />
    </>
  ),
  triangle: <path d="M6 1.2 11.3 10.6H.7z" fill="currentColor" />,
  'triangle-hollow': <path d="M6 2 10.5 10H1.5z" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />,
  clock: (
    <>
      <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.3" />
      <path d="M6 3.4V6l1.8 1.2" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" />
    </>
  ),
  'ring-dashed': <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2 1.6" />,
  circle: <circle cx="6" cy="6" r="4.2" fill="currentColor" />,
  dot: <circle cx="6" cy="6" r="4.2" fill="currentColor" />,
  square: <rect x="2" y="2" width="8" height="8" rx="1" fill="currentColor" />,
  'square-filled': <rect x="2" y="2" width="8" height="8" rx="1" fill="currentColor" />,
  'square-dot': (
    <>
      <rect x="2.2" y="2.2" width="7.6" height="7.6" rx="1" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <rect x="4.7" y="4.7" width="2.6" height="2.6" fill="currentColor" />
    </>
  ),
  pause: (
    <>
      <rect x="1.2" y="1.2" width="9.6" height="9.6" rx="1.5" fill="none" stroke="currentColor" strokeWidth="1.3" />
      <path d="M4.5 3.8v4.4M7.5 3.8v4.4" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  diamond: (
    <>
      <path d="M6 .9 11.1 6 6 11.1.9 6z" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinejoin="round" />
      <path d="M6 4v4M4 6h4" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" />
    </>
  ),
  'square-hollow': <rect x="2.2" y="2.2" width="7.6" height="7.6" rx="1" fill="none" stroke="currentColor" strokeWidth="1.4" />,
}

/** A 12 px status shape in the colour of its tone; hidden from screen readers, since a word always says the same. */
export function Glyph({ name, tone = 'plain', size = 12 }: { name: keyof typeof SHAPES; tone?: string; size?: number }) {
  return (
    <svg className={`g ${tone === 'plain' ? '' : `c-${tone}`}`} width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  )
}
