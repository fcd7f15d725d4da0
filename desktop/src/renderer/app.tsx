import { type CSSProperties, type PointerEvent, useCallback, useEffect, useRef, useState } from 'react'
import { Exceptions } from './board/exceptions.tsx'
import { Glyph } from './board/glyph.tsx'
import { Hints } from './board/hints.tsx'
import { Queue } from './board/queue.tsx'
import { TopBar } from './board/top-bar.tsx'
import { DragGhost } from './drag/drag-ghost.tsx'
import { Inspector } from './inspector/inspector.tsx'
import { useConsole, useConsoleState } from './live/console-context.ts'
import type { LiveHandle } from './live/live-handle.ts'
import { LiveMap } from './map/live-map.tsx'
import type { MapView } from './map/map-view.ts'
import { Help } from './palette/help.tsx'
import { listenForKeys } from './palette/keyboard.ts'
import { Palette } from './palette/palette.tsx'
import { AgreementPanel } from './policy/agreement-panel.tsx'
import { PolicyPanel } from './policy/policy-panel.tsx'
import { SignIn } from './session/sign-in.tsx'
import { Timeline } from './timeline/timeline.tsx'

/** The console: sign-in, or the board. */
export function App({ live }: { live: LiveHandle }) {
  const phase = useConsoleState((s) => s.phase)
  if (phase === 'signed_out') return <SignIn />
  if (phase === 'failed') return <Failed />
  return <Board live={live} />
}

const STEP_MS = 15 * 60_000

function Board({ live }: { live: LiveHandle }) {
  const console = useConsole()
  const hasCity = useConsoleState((s) => s.about !== null)
  const map = useRef<MapView | null>(null)
  const [panMs, setPanMs] = useState(0)
  const [isWide, setWide] = useState(false)
  const onReady = useCallback((view: MapView | null) => {
    map.current = view
  }, [])
  useEffect(
    () =>
      listenForKeys(document, console, {
        fitSelection: () => map.current?.fitSelection(),
        panTimeline: (steps) => setPanMs((ms) => ms + steps * STEP_MS),
      }),
    [console],
  )
  return (
    <div className="app">
      <TopBar />
      <Exceptions />
      <Queue />
      <div className="centre">
        {hasCity ? (
          <LiveMap live={live} onReady={onReady} onExpand={() => setWide((wide) => !wide)} />
        ) : (
          <div className="mapbox" />
        )}
        {!isWide && <TimelinePane panMs={panMs} onPan={setPanMs} />}
      </div>
      <Inspector />
      <Hints />
      <Palette />
      <Help />
      <PolicyPanel />
      <AgreementPanel />
      <DragGhost />
    </div>
  )
}

const HEIGHT_KEY = 'doorstep.timeline.height'
const LEAST_PX = 96
const PAGE_SHARE = 0.7

/** The timeline with a handle above it that sets its height. */
function TimelinePane({ panMs, onPan }: { panMs: number; onPan: (panMs: number) => void }) {
  const [height, setHeight] = useState(() => Number(localStorage.getItem(HEIGHT_KEY)) || Math.round(window.innerHeight * 0.32))
  const resize = (px: number) => {
    const next = Math.round(Math.min(window.innerHeight * PAGE_SHARE, Math.max(LEAST_PX, px)))
    setHeight(next)
    localStorage.setItem(HEIGHT_KEY, String(next))
  }
  const drag = (e: PointerEvent<HTMLDivElement>) => {
    if (e.buttons !== 1) return
    const pane = e.currentTarget.nextElementSibling
    if (pane) resize(pane.getBoundingClientRect().bottom - e.clientY)
  }
  return (
    <>
      <div
        className="split"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a splitter that takes the focus; hr cannot
        role="separator"
        aria-orientation="horizontal"
        aria-label="Height of the timeline"
        aria-valuenow={height}
        tabIndex={0}
        onPointerDown={(e) => e.currentTarget.setPointerCapture(e.pointerId)}
        onPointerMove={drag}
        onKeyDown={(e) => {
          if (e.key !== 'ArrowUp' && e.key !== 'ArrowDown') return
          e.stopPropagation()
          resize(height + (e.key === 'ArrowUp' ? 24 : -24))
        }}
      />
      <div className="gpane" style={{ height } as CSSProperties}>
        <Timeline panMs={panMs} onPan={onPan} />
      </div>
    </>
  )
}

/** A server that starts again is found without anybody pressing a button. */
const RETRY_MS = 5_000

function Failed() {
  const { session } = useConsole()
  const failure = useConsoleState((s) => s.failure)
  useEffect(() => {
    const timer = setInterval(() => void session.start(), RETRY_MS)
    return () => clearInterval(timer)
  }, [session])
  return (
    <main className="crash">
      <div className="empty">
        <Glyph name="octagon" tone="act" size={20} />
        <b>The board could not be loaded</b>
        <span>{failure}. Trying again every few seconds.</span>
        <button type="button" className="btn pri" onClick={() => void session.start()}>
          Try now
        </button>
      </div>
    </main>
  )
}
