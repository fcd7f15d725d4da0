import { ChevronsRight } from 'lucide-react'
import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { words } from '../words.ts'

/** Holding it down this long does the same as sliding. */
const HOLD_MS = 800
/** So much of the way counts as slid. */
const ENOUGH = 0.7
const KNOB_PX = 92

/**
 * The one big button: slid, held down, or pressed with Enter, so that a touch in a pocket does nothing and everybody can
 * use it.
 */
export function SlideButton({ label, onDone }: { label: string; onDone: () => void }) {
  const button = useRef<HTMLButtonElement>(null)
  const drag = useRef<{ fromX: number; timer: ReturnType<typeof setTimeout> }>(undefined)
  const [x, setX] = useState(0)
  const [isHeld, setIsHeld] = useState(false)
  const wayPx = () => Math.max(1, (button.current?.clientWidth ?? 320) - KNOB_PX)
  const end = () => {
    if (drag.current) clearTimeout(drag.current.timer)
    drag.current = undefined
    setX(0)
    setIsHeld(false)
  }
  useEffect(() => () => clearTimeout(drag.current?.timer), [])
  const finish = () => {
    end()
    onDone()
  }
  const down = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setIsHeld(true)
    drag.current = { fromX: event.clientX, timer: setTimeout(finish, HOLD_MS) }
  }
  const move = (event: PointerEvent<HTMLButtonElement>) => {
    if (!drag.current) return
    const moved = Math.min(wayPx(), Math.max(0, event.clientX - drag.current.fromX))
    if (moved > 8) {
      clearTimeout(drag.current.timer)
      setIsHeld(false)
    }
    setX(moved)
  }
  const up = () => {
    if (drag.current && x >= wayPx() * ENOUGH) finish()
    else end()
  }
  return (
    <button
      ref={button}
      type="button"
      className={isHeld ? 'slide held' : 'slide'}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={end}
      onClick={(event) => event.detail === 0 && finish()}
    >
      <i style={{ transform: `translateX(${x}px)` }}>
        <ChevronsRight size={30} strokeWidth={2} aria-hidden />
      </i>
      <span>
        {label}
        <span className="xs ink2 second">{words.route.press}</span>
      </span>
    </button>
  )
}
