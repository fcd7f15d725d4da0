import type { MerchantSummary } from '@doorstep/shared/contract'
import type { LatLon } from '@doorstep/shared/domain'
import type { DoorstepMap } from '@doorstep/shared/map'
import { Marker } from 'maplibre-gl'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useAbout } from '../../kit/index.ts'
import { MapElement } from '../../kit/map-element.tsx'
import { markElement } from '../pin-mark.ts'
import { words } from '../words.ts'

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
    return () => {
      for (const marker of markers) marker.remove()
    }
  }, [map, merchants, navigate])

  useEffect(() => {
    if (!map) return undefined
    const pin = new Marker({ element: markElement('door'), anchor: 'bottom' }).setLngLat([place.lon, place.lat]).addTo(map.map)
    map.map.jumpTo({ center: [place.lon, place.lat] })
    return () => void pin.remove()
  }, [map, place])

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
