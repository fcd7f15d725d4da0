import type { MerchantSummary } from '@doorstep/shared/contract'
import type { LatLon } from '@doorstep/shared/domain'
import type { DoorstepMap } from '@doorstep/shared/map'
import { LngLatBounds, Marker } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useAbout } from '../../kit/index.ts'
import { MapElement } from '../../kit/map-element.tsx'
import { markElement } from '../pin-mark.ts'
import { words } from '../words.ts'
import { fittingLabels } from './fitting-labels.ts'

/** So many of the nearest are in view at first. */
const IN_VIEW = 8

function pointOf({ map }: DoorstepMap, marker: Marker): { x: number; y: number } {
  const { x, y } = map.project(marker.getLngLat())
  return { x, y }
}

/** Where the door is and who is around it; a press on a mark opens its menu. */
export function MerchantsMap({ place, merchants }: { place: LatLon; merchants: readonly MerchantSummary[] }) {
  const { city } = useAbout()
  const [map, setMap] = useState<DoorstepMap>()
  const [, navigate] = useLocation()

  useEffect(() => {
    if (!map) return undefined
    const markers = merchants.map(({ id, name, position: { lat, lon } }) => {
      const element = markElement('merchant', name)
      element.addEventListener('click', () => navigate(`/merchants/${id}`))
      return new Marker({ element }).setLngLat([lon, lat]).addTo(map.map)
    })
    const name = () => {
      const elements = markers.map((marker) => marker.getElement())
      const widths = elements.map((element) => (element.lastChild as HTMLElement).offsetWidth)
      const fits = fittingLabels(markers.map((marker, i) => ({ ...pointOf(map, marker), width: widths[i] ?? 0 })))
      for (const [i, element] of elements.entries()) element.classList.toggle('named', fits[i])
    }
    name()
    map.map.on('moveend', name)
    return () => {
      map.map.off('moveend', name)
      for (const marker of markers) marker.remove()
    }
  }, [map, merchants, navigate])

  useEffect(() => {
    if (!map) return undefined
    const pin = new Marker({ element: markElement('door'), anchor: 'bottom' }).setLngLat([place.lon, place.lat]).addTo(map.map)
    return () => void pin.remove()
  }, [map, place])

  const nearest = useRef<readonly MerchantSummary[]>([])
  useEffect(() => {
    nearest.current = merchants.slice(0, IN_VIEW)
  })
  const hasMerchants = merchants.length > 0
  useEffect(() => {
    if (!map) return
    const bounds = new LngLatBounds([place.lon, place.lat], [place.lon, place.lat])
    // The door stays in the middle: what is on one side of it is mirrored to the other.
    for (const { position } of hasMerchants ? nearest.current : []) {
      bounds.extend([position.lon, position.lat])
      bounds.extend([2 * place.lon - position.lon, 2 * place.lat - position.lat])
    }
    map.map.fitBounds(bounds, { padding: 36, maxZoom: 15.5, animate: false })
  }, [map, place, hasMerchants])

  return (
    <MapElement
      tilesUrl={city.tilesUrl}
      bounds={city.bounds}
      center={place}
      zoom={14.2}
      label={words.map}
      className="fills"
      onReady={(ready) => {
        setMap(ready)
        return undefined
      }}
    />
  )
}
