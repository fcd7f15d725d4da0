import type { Bounds, LatLon } from '@doorstep/shared/domain'
import { createMap, type DoorstepMap } from '@doorstep/shared/map'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTheme } from './theme.ts'

interface Props {
  tilesUrl: string
  bounds: Bounds
  center: LatLon
  zoom?: number
  label: string
  className?: string
  interactive?: boolean
  /** Called once the map may be drawn on; answers how to take it all off again. */
  onReady: (map: DoorstepMap) => (() => void) | undefined
  children?: ReactNode
}

/** A live map in the page's theme. It brings MapLibre with it: import it lazily. */
export function MapElement({
  tilesUrl,
  bounds,
  center,
  zoom = 15,
  label,
  className,
  interactive = true,
  onReady,
  children,
}: Props) {
  const container = useRef<HTMLDivElement>(null)
  const start = useRef({ center, zoom, onReady })
  const [map, setMap] = useState<DoorstepMap>()
  const theme = useTheme()
  const firstTheme = useRef(theme)

  useEffect(() => {
    if (!container.current) return undefined
    const { center: at, zoom: to, onReady: ready } = start.current
    const made = createMap(container.current, {
      theme: firstTheme.current,
      tilesUrl,
      bounds,
      center: at,
      zoom: to,
      label,
      interactive,
    })
    let stop: (() => void) | undefined
    let isGone = false
    void made.ready.then(() => {
      if (isGone) return
      setMap(made)
      stop = ready(made)
    })
    return () => {
      isGone = true
      stop?.()
      made.remove()
    }
  }, [tilesUrl, bounds, label, interactive])

  useEffect(() => map?.setTheme(theme), [map, theme])
  return (
    <div className={`map ${className ?? ''}`}>
      <div ref={container} className="map-canvas" />
      {children}
    </div>
  )
}
