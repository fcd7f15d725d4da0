import type { About } from '@doorstep/shared/contract'
import type { LatLon } from '@doorstep/shared/domain'
import { addRouteLayer, createMap, type DoorstepMap, type RouteLayer, type RouteStop } from '@doorstep/shared/map'
import { LngLatBounds, Marker } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import type { Fix } from '../ride/position-pace.ts'
import { useDriverTheme } from '../theme.ts'
import { words } from '../words.ts'

/** What the driver's map shows. */
export interface DriverMapProps {
  city: About['city']
  fix: Fix | null
  stops: readonly RouteStop[]
  /** The way ahead, as [lon, lat] pairs. */
  line: readonly (readonly [number, number])[]
  /** Pickup and drop of an offer, joined by a dotted line. */
  pair?: [LatLon, LatLon]
  /** The map moves to show everything whenever this changes. */
  fitKey: string
  /** Shows the whole of it, or the driver and the next stop. */
  follow?: boolean
}

interface Made {
  map: DoorstepMap
  route: RouteLayer
  marker: Marker
}

/** The driver's map: the way ahead, the stops in order, and where the driver is. */
export function DriverMap({ city, fix, stops, line, pair, fitKey, follow = false }: DriverMapProps) {
  const container = useRef<HTMLDivElement>(null)
  const { theme } = useDriverTheme()
  const [made, setMade] = useState<Made>()
  const start = useRef({ city, theme, at: fix ?? stops[0] ?? city.centre })

  useEffect(() => {
    if (!container.current) return undefined
    const { city: of, at, theme: look } = start.current
    const bounds = of.bounds as [number, number, number, number]
    const map = createMap(container.current, {
      theme: look,
      tilesUrl: of.tilesUrl,
      bounds,
      center: at,
      zoom: 15,
      label: words.route.map,
    })
    let isGone = false
    void map.ready.then(() => {
      if (isGone) return
      const marker = new Marker({ element: arrow(), rotationAlignment: 'map' })
      setMade({ map, route: map.keep(addRouteLayer(map.map, map.theme())), marker })
    })
    return () => {
      isGone = true
      setMade(undefined)
      map.remove()
    }
  }, [])

  useEffect(() => made?.map.setTheme(theme), [made, theme])
  useEffect(() => {
    made?.route.show({ ahead: line as [number, number][], stops: [...stops], ...(pair && { pair }) })
  }, [made, line, stops, pair])
  useMarker(made, fix)
  useCamera(made, { fix, stops, fitKey, follow })
  return (
    <div className="map">
      <div ref={container} className="map-canvas" />
    </div>
  )
}

function useMarker(made: Made | undefined, fix: Fix | null): void {
  useEffect(() => {
    if (!made) return
    if (!fix) {
      made.marker.remove()
      return
    }
    made.marker.setLngLat([fix.lon, fix.lat]).setRotation(fix.courseDeg ?? 0)
    made.marker.addTo(made.map.map)
  }, [made, fix])
}

type Camera = Pick<DriverMapProps, 'fix' | 'stops' | 'fitKey'> & { follow: boolean }

/** So near to the edge of the map, as a share of it, the driver is brought back into view. */
const EDGE = 0.2

/** Shows everything when what is shown changes, and keeps a driver who moves in view until the map is moved by hand. */
function useCamera(made: Made | undefined, { fix, stops, fitKey, follow }: Camera): void {
  const isByHand = useRef(false)
  const latest = useRef({ fix, stops, follow })
  useEffect(() => {
    latest.current = { fix, stops, follow }
  })
  const hasFix = fix !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new key, or the first fix, is what moves the map
  useEffect(() => {
    if (!made) return undefined
    const { map } = made.map
    const { fix: at, stops: all, follow: isFollowing } = latest.current
    const places = [at, ...(isFollowing ? all.slice(0, 1) : all)]
    const bounds = new LngLatBounds()
    for (const place of places) if (place) bounds.extend([place.lon, place.lat])
    isByHand.current = false
    if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: 56, maxZoom: 16.5, duration: 300 })
    const stop = () => {
      isByHand.current = true
    }
    map.on('dragstart', stop)
    return () => void map.off('dragstart', stop)
  }, [made, fitKey, hasFix])
  useEffect(() => {
    if (!made || !fix || !follow || isByHand.current) return
    const { map } = made.map
    const { x, y } = map.project([fix.lon, fix.lat])
    const { clientWidth: w, clientHeight: h } = map.getContainer()
    const isNearEdge = x < w * EDGE || x > w * (1 - EDGE) || y < h * EDGE || y > h * (1 - EDGE)
    if (isNearEdge && !map.isMoving()) map.easeTo({ center: [fix.lon, fix.lat], duration: 600 })
  }, [made, fix, follow])
}

function arrow(): HTMLElement {
  const element = document.createElement('div')
  element.className = 'me-mark'
  element.setAttribute('role', 'img')
  element.setAttribute('aria-label', words.route.position)
  element.innerHTML = '<svg width="34" height="34" viewBox="0 0 34 34"><path d="M17 4 28 29 17 23 6 29z"/></svg>'
  return element
}
