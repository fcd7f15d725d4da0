import type { LatLon } from '@doorstep/shared/domain'
import { fail, ok, type Result } from '@doorstep/shared/domain'

/** Longest wait for a fix; the person can type meanwhile. */
const TIMEOUT_MS = 12_000

/** Where the browser says the person is, or why it does not. */
export function locate(): Promise<Result<LatLon, 'denied' | 'unavailable'>> {
  if (!('geolocation' in navigator)) return Promise.resolve(fail('unavailable'))
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(ok({ lat: coords.latitude, lon: coords.longitude })),
      (error) => resolve(fail(error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable')),
      { enableHighAccuracy: true, timeout: TIMEOUT_MS, maximumAge: 60_000 },
    )
  })
}
