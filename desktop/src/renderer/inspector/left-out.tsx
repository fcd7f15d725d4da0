import type { Candidate, Decision } from '@doorstep/shared/contract'
import { useMemo, useState } from 'react'
import { useConsoleState } from '../live/console-context.ts'
import { leftOutLines, leftOutWords } from './ranking-words.ts'

type Out = Decision['leftOut'][number]

/** How many are named before the rest is only counted. */
const NAMED = 4

/** Who was left out and by which rule with its number: the telling ones by name, all of them on demand. */
export function LeftOut({ leftOut: all }: { leftOut: readonly Out[] }) {
  const [isOpen, setOpen] = useState(false)
  if (all.length === 0) return null
  const lines = isOpen ? all.map(leftOutWords) : leftOutLines(all, NAMED)
  return (
    <div className="out">
      <span className="ink3">Left out</span>
      <div>
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two drivers may share a name and a rule
          <div key={i}>{line}</div>
        ))}
        {all.length > NAMED && (
          <button type="button" className="ink3 linkish" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'fewer' : `all ${all.length}`}
          </button>
        )}
      </div>
    </div>
  )
}

/** Who is left out of a ranking of now: a driver on shift of whom no position was ever heard as well, said so where the answer does not. */
export function useLeftOutNow(leftOut: readonly Out[], known: readonly Pick<Candidate, 'driverId'>[]): readonly Out[] {
  const drivers = useConsoleState((s) => s.drivers)
  return useMemo(() => {
    const told = new Set<string>([...leftOut, ...known].map(({ driverId }) => driverId))
    const unplaced = [...drivers.values()].filter((driver) => driver.isOnline && driver.fixAtMs === null && !told.has(driver.id))
    const out = unplaced.map(({ id, name }): Out => ({ driverId: id, driverName: name, rule: 'no_position', detail: null }))
    return [...leftOut, ...out]
  }, [leftOut, known, drivers])
}
