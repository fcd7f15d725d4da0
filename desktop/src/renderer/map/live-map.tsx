import { Building2, Expand, LocateFixed, Minus, Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { type Console, useConsole, useConsoleState } from '../live/console-context.ts'
import type { LiveHandle } from '../live/live-handle.ts'
import { Legend } from './legend.tsx'
import { createMapView, type MapPart, type MapView } from './map-view.ts'

/** The live map with its buttons; MapLibre is loaded when it is first shown. */
export function LiveMap(props: { live: LiveHandle; onReady: (view: MapView | null) => void; onExpand: () => void }) {
  const { live, onReady, onExpand } = props
  const console = useConsole()
  const container = useRef<HTMLDivElement>(null)
  const labelBox = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<MapView | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const theme = useStore(console.theme.store, (s) => s.theme)

  useEffect(() => {
    if (!container.current || !labelBox.current) return
    const boxes = { container: container.current, labelBox: labelBox.current }
    return mountMap({ ...boxes, console, live, onFailed: setFailure }, (made) => {
      setView(made)
      onReady(made)
    })
  }, [console, live, onReady])

  useEffect(() => view?.setTheme(theme), [view, theme])

  return (
    <div className="mapbox">
      <div className="maproom" ref={container} />
      <div className="mlabels" ref={labelBox} aria-hidden="true" />
      <PartButtons view={view} />
      <div className="mapui tr">
        <MapButton word="Zoom in" onClick={() => view?.zoomBy(1)} icon={Plus} />
        <MapButton word="Zoom out" onClick={() => view?.zoomBy(-1)} icon={Minus} />
        <MapButton word="Show the selection (F)" onClick={() => view?.fitSelection()} icon={LocateFixed} />
        <MapButton word="Show the whole city" onClick={() => view?.fitCity()} icon={Building2} />
        <MapButton word="Map without the timeline" onClick={onExpand} icon={Expand} />
      </div>
      <Legend />
      {!view && !failure && <div className="empty late-in">Loading the map…</div>}
      {failure && (
        <div className="empty">
          <b>The map cannot be drawn here</b>
          <span>{failure}. Queue, timeline and inspector work without it.</span>
        </div>
      )}
    </div>
  )
}

interface MountDeps {
  container: HTMLElement
  labelBox: HTMLElement
  console: Console
  live: LiveHandle
  onFailed: (reason: string) => void
}

/** Loads MapLibre and builds the map; answers how to take it away again, also while it is still being built. */
function mountMap({ live, onFailed, ...deps }: MountDeps, onMade: (view: MapView | null) => void): () => void {
  let isGone = false
  let made: MapView | undefined
  const make = async () => {
    const module = await import('@doorstep/shared/map')
    if (isGone) return
    const doing = (driverId: string) => live.doing(driverId)
    made = await createMapView({ ...deps, module, doing, onView: (next) => live.setView(next) })
    if (isGone) return made.remove()
    live.drawCellsWith(made.showCells)
    onMade(made)
  }
  make().catch((error: unknown) => onFailed(error instanceof Error ? error.message : String(error)))
  return () => {
    isGone = true
    made?.remove()
    onMade(null)
  }
}

function MapButton({ word, onClick, icon: Icon }: { word: string; onClick: () => void; icon: typeof Plus }) {
  return (
    <button type="button" className="ib" aria-label={word} title={word} onClick={onClick}>
      <Icon size={14} strokeWidth={1.75} />
    </button>
  )
}

const PARTS: { part: MapPart; word: string }[] = [
  { part: 'drivers', word: 'Drivers' },
  { part: 'orders', word: 'Orders' },
  { part: 'merchants', word: 'Merchants' },
  { part: 'zones', word: 'Zone' },
]

function PartButtons({ view }: { view: MapView | null }) {
  const [off, setOff] = useState<ReadonlySet<MapPart>>(new Set())
  const online = useConsoleState((s) => countOnline(s.drivers))
  const open = useConsoleState((s) => countOpen(s.orders))
  const isKnown = useConsoleState((s) => s.phase === 'ready')
  const toggle = (part: MapPart) => {
    const next = new Set(off)
    if (!next.delete(part)) next.add(part)
    setOff(next)
    view?.setVisible(part, !next.has(part))
  }
  const counts: Partial<Record<MapPart, number>> = isKnown ? { drivers: online, orders: open } : {}
  return (
    <div className="mapui tl">
      {PARTS.map(({ part, word }) => (
        <button
          key={part}
          type="button"
          className={`fl ${off.has(part) ? '' : 'on'}`}
          aria-pressed={!off.has(part)}
          onClick={() => toggle(part)}
        >
          {word} {counts[part] ?? ''}
        </button>
      ))}
    </div>
  )
}

function countOnline(drivers: ReadonlyMap<string, { isOnline: boolean }>): number {
  let count = 0
  for (const { isOnline } of drivers.values()) if (isOnline) count++
  return count
}

function countOpen(orders: ReadonlyMap<string, { endedAtMs: number | null }>): number {
  let count = 0
  for (const { endedAtMs } of orders.values()) if (endedAtMs === null) count++
  return count
}
