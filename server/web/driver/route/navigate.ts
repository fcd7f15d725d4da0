import type { LatLon } from '@doorstep/shared/domain'

/**
 * The address that hands a place over to the phone's own map app: Apple's maps there, the `geo:` scheme on Android,
 * OpenStreetMap's directions where there is neither.
 */
export function navigateUrl(place: LatLon, name: string, userAgent: string): string {
  const at = `${place.lat.toFixed(6)},${place.lon.toFixed(6)}`
  if (/iPhone|iPad|Macintosh/.test(userAgent)) return `https://maps.apple.com/?daddr=${at}`
  if (/Android/.test(userAgent)) return `geo:${at}?q=${at}(${encodeURIComponent(name)})`
  return `https://www.openstreetmap.org/directions?route=%3B${encodeURIComponent(at)}`
}
