import type { ReactNode } from 'react'

const ARROW = <path className="mk-fill" d="M0 -7.4 5.6 6.2 0 3.3 -5.6 6.2Z" />
const MARKS: { word: string; tone: string; shape: ReactNode }[] = [
  { word: 'on the way', tone: '', shape: ARROW },
  {
    word: 'at stop',
    tone: '',
    shape: (
      <>
        <circle className="mk-fill" r="6" />
        <path className="mk-cut" d="M-1.8 -2.6V2.6M1.8 -2.6V2.6" />
      </>
    ),
  },
  {
    word: 'idle',
    tone: 'idle',
    shape: (
      <>
        <path className="mk-ring" d="M0 -4.6V-8" />
        <circle className="mk-ring" r="4.4" />
      </>
    ),
  },
  { word: 'late, minutes', tone: 'late', shape: ARROW },
  {
    word: 'act',
    tone: 'act',
    shape: (
      <>
        <path className="mk-fill" d="M-3.4 -8.2h6.8l4.8 4.8v6.8l-4.8 4.8h-6.8l-4.8 -4.8v-6.8z" />
        <path className="mk-cut" d="M0 -4.2V1M0 3.8V4.2" />
      </>
    ),
  },
]

/** What the marks on the map mean. */
export function Legend() {
  return (
    <div className="mapui bl legend">
      {MARKS.map(({ word, tone, shape }) => (
        <span key={word}>
          <svg className={`mk ${tone}`} width="14" height="14" viewBox="-9 -9 18 18" aria-hidden="true">
            {shape}
          </svg>
          {word}
        </span>
      ))}
      <span>
        <svg className="ink2" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <rect x="2.2" y="2.2" width="7.6" height="7.6" rx="1" fill="none" stroke="currentColor" strokeWidth="1.4" />
        </svg>
        pickup
      </span>
      <span>
        <svg className="ink2" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.4" />
        </svg>
        drop
      </span>
    </div>
  )
}
