import type { Order } from '@doorstep/shared/contract'
import { addRouteLayer, type DoorstepMap, prefersLessMotion, type RouteLayer } from '@doorstep/shared/map'
import { LngLatBounds, Marker } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import { useAbout, useNow, useView } from '../../kit/index.ts'
import { MapElement } from '../../kit/map-element.tsx'
import { markElement } from '../pin-mark.ts'
import { words } from '../words.ts'
import type { DriverFix } from './follow-order.ts'
import { type Glide, glideAt, nextGlide } from './glide.ts'

interface Props {
  order: Order
  fix: DriverFix | null
  ridden: readonly [number, number][]
}

/** A fix older than this is not where the driver is any more. */
const STALE_MS = 30_000
const ARROW =
  '<svg viewBox="0 0 28 28" width="30" height="30" aria-hidden="true"><path d="M14 2 24 25 14 19.5 4 25Z" fill="currentColor" stroke="var(--map-land)" stroke-width="2" stroke-linejoin="round"/></svg>'

/** The kitchen, the door, and the driver between them while the order is carried. */
export function TrackMap({ order, fix, ridden }: Props) {
  const { city } = useAbout()
  const [map, setMap] = useState<DoorstepMap>()
  const [route, setRoute] = useState<RouteLayer>()
  const { merchant, drop } = order
  const { name } = merchant
  const { lat: fromLat, lon: fromLon } = merchant.place
  const { lat: toLat, lon: toLon } = drop.place

  useEffect(() => {
    if (!map) return undefined
    const door = new Marker({ element: markElement('door'), anchor: 'bottom' }).setLngLat([toLon, toLat])
    const kitchen = new Marker({ element: markElement('pickup', name) }).setLngLat([fromLon, fromLat])
    door.addTo(map.map)
    kitchen.addTo(map.map)
    const turn = () => keepLabelInside(map, kitchen)
    turn()
    map.map.on('moveend', turn)
    return () => {
      map.map.off('moveend', turn)
      door.remove()
      kitchen.remove()
    }
  }, [map, name, fromLat, fromLon, toLat, toLon])

  useEffect(() => {
    route?.show({ pair: [merchant.place, drop.place], stops: [], ...(ridden.length > 1 && { ridden: [...ridden] }) })
  }, [route, merchant.place, drop.place, ridden])

  const box = boundsOf(order, fix)
  const boxKey = box
    .toArray()
    .flat()
    .map((n) => n.toFixed(3))
    .join()
  const latestBox = useRef(box)
  useEffect(() => {
    latestBox.current = box
  })
  useEffect(() => {
    if (!map || !boxKey) return
    map.map.fitBounds(latestBox.current, {
      padding: { top: 56, bottom: 44, left: 64, right: 64 },
      maxZoom: 16.5,
      duration: prefersLessMotion() ? 0 : 600,
    })
  }, [map, boxKey])

  return (
    <MapElement
      tilesUrl={city.tilesUrl}
      bounds={city.bounds}
      center={drop.place}
      zoom={14}
      label={words.track.map}
      className="fills"
      onReady={(ready) => {
        setRoute(ready.keep(addRouteLayer(ready.map, ready.theme())))
        setMap(ready)
        return undefined
      }}
    >
      {map && fix && order.driver && <DriverMark map={map} fix={fix} name={order.driver.name} />}
    </MapElement>
  )
}

/** Past this share of the map's width a name stands left of its mark. */
const TURN_AT = 0.6

function keepLabelInside({ map }: DoorstepMap, marker: Marker): void {
  const isRight = map.project(marker.getLngLat()).x > map.getContainer().clientWidth * TURN_AT
  marker.getElement().classList.toggle('turned', isRight)
}

function boundsOf({ merchant, drop, delivery }: Order, fix: DriverFix | null): LngLatBounds {
  const bounds = new LngLatBounds([drop.place.lon, drop.place.lat], [drop.place.lon, drop.place.lat])
  if (fix) bounds.extend([fix.lon, fix.lat])
  if (!fix || delivery === 'picked_up') bounds.extend([merchant.place.lon, merchant.place.lat])
  return bounds
}

function DriverMark({ map, fix, name }: { map: DoorstepMap; fix: DriverFix; name: string }) {
  const { clock } = useView()
  const nowMs = useNow(clock, 1_000)
  const marker = useRef<{ marker: Marker; arrow: HTMLElement; label: HTMLElement }>(undefined)
  const glide = useRef<Glide>(undefined)
  const lastMs = useRef(0)

  useEffect(() => {
    const element = document.createElement('div')
    element.className = 'mark mark-driver'
    const arrow = document.createElement('div')
    arrow.className = 'driver-arrow'
    arrow.innerHTML = ARROW
    const label = document.createElement('span')
    element.append(arrow, label)
    const made = new Marker({ element }).setLngLat([0, 0]).addTo(map.map)
    marker.current = { marker: made, arrow, label }
    let frame = requestAnimationFrame(function draw() {
      if (glide.current) {
        const { lat, lon } = glideAt(glide.current, performance.now())
        made.setLngLat([lon, lat])
        keepLabelInside(map, made)
      }
      frame = requestAnimationFrame(draw)
    })
    return () => {
      cancelAnimationFrame(frame)
      made.remove()
    }
  }, [map])

  const { lat, lon, courseDeg, atMs } = fix
  useEffect(() => {
    const wallMs = performance.now()
    glide.current = nextGlide(glide.current, { lat, lon }, wallMs, wallMs - lastMs.current, prefersLessMotion())
    lastMs.current = wallMs
    if (marker.current && courseDeg !== null && atMs > 0) marker.current.arrow.style.rotate = `${courseDeg}deg`
  }, [lat, lon, courseDeg, atMs])

  const ago = words.track.driverAgo(name.split(' ')[0] ?? name, words.track.ago(Math.max(0, Math.round((nowMs - atMs) / 1000))))
  const isStale = nowMs - atMs > STALE_MS
  useEffect(() => {
    if (!marker.current) return
    marker.current.label.textContent = ago
    marker.current.marker.getElement().classList.toggle('stale', isStale)
  }, [ago, isStale])
  return null
}
