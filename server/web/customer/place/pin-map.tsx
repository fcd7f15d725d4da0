import type { LatLon } from '@doorstep/shared/domain'
import type { DoorstepMap } from '@doorstep/shared/map'
import { Marker } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import { useAbout } from '../../kit/index.ts'
import { MapElement } from '../../kit/map-element.tsx'
import { markElement } from '../pin-mark.ts'
import { words } from '../words.ts'

/** How far one press of an arrow key moves the pin, in pixels of the map. */
const STEP_PX = 12
const ARROWS: Record<string, [number, number]> = {
  ArrowUp: [0, -STEP_PX],
  ArrowDown: [0, STEP_PX],
  ArrowLeft: [-STEP_PX, 0],
  ArrowRight: [STEP_PX, 0],
}

/** A map with one pin that is dragged, set by a press on the map, or moved by the arrow keys. */
export function PinMap({ place, onMove }: { place: LatLon; onMove: (place: LatLon) => void }) {
  const { city } = useAbout()
  const [map, setMap] = useState<DoorstepMap>()
  const marker = useRef<Marker>(undefined)
  const latest = useRef(onMove)
  useEffect(() => {
    latest.current = onMove
  })

  useEffect(() => {
    if (!map) return undefined
    const element = markElement('door')
    element.tabIndex = 0
    element.setAttribute('role', 'application')
    element.setAttribute('aria-label', words.place.pinHelp)
    const pin = new Marker({ element, anchor: 'bottom', draggable: true }).setLngLat(map.map.getCenter()).addTo(map.map)
    marker.current = pin
    const told = () => {
      const { lat, lng } = pin.getLngLat()
      latest.current({ lat, lon: lng })
    }
    pin.on('dragend', told)
    map.map.on('click', (event) => {
      pin.setLngLat(event.lngLat)
      told()
    })
    element.addEventListener('keydown', (event) => {
      const by = ARROWS[event.key]
      if (!by) return
      event.preventDefault()
      event.stopPropagation()
      const { x, y } = map.map.project(pin.getLngLat())
      pin.setLngLat(map.map.unproject([x + by[0], y + by[1]]))
      told()
    })
    return () => {
      marker.current = undefined
      pin.remove()
    }
  }, [map])

  useEffect(() => {
    const pin = marker.current
    if (!map || !pin) return
    const at = pin.getLngLat()
    if (Math.abs(at.lat - place.lat) + Math.abs(at.lng - place.lon) < 1e-7) return
    pin.setLngLat([place.lon, place.lat])
    map.map.easeTo({ center: [place.lon, place.lat], zoom: Math.max(map.map.getZoom(), 16) })
  }, [map, place])

  return (
    <MapElement
      tilesUrl={city.tilesUrl}
      bounds={city.bounds}
      center={place}
      zoom={16}
      label={words.map}
      className="fills"
      onReady={(ready) => {
        setMap(ready)
        return undefined
      }}
    >
      <p className="map-hint sm">{words.place.pin}</p>
    </MapElement>
  )
}
