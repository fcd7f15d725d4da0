import type { PositionProblem } from '../state/driver-view.ts'
import type { Fix } from './position-pace.ts'

/** Watches the device's position until the answer is called. `now` asks for one fix at once. */
export interface DevicePosition {
  now(): void
  stop(): void
}

/** Begins to watch the device's position; `serverMs` turns the device's time into the server's. */
export function watchDevice(
  onFix: (fix: Fix, isAsked: boolean) => void,
  onProblem: (problem: PositionProblem) => void,
  serverMs: (deviceMs: number) => number,
): DevicePosition {
  const { geolocation } = navigator
  if (!window.isSecureContext || !geolocation) {
    onProblem(window.isSecureContext ? 'unavailable' : 'insecure')
    return { now: () => {}, stop: () => {} }
  }
  const take = (isAsked: boolean) => (position: GeolocationPosition) => onFix(toFix(position, serverMs), isAsked)
  const refuse = (error: GeolocationPositionError) => onProblem(error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable')
  const options = { enableHighAccuracy: true, maximumAge: 2_000, timeout: 20_000 }
  const watch = geolocation.watchPosition(take(false), refuse, options)
  return {
    now: () => geolocation.getCurrentPosition(take(true), () => {}, { ...options, maximumAge: 0 }),
    stop: () => geolocation.clearWatch(watch),
  }
}

function toFix({ coords, timestamp }: GeolocationPosition, serverMs: (deviceMs: number) => number): Fix {
  return {
    lat: coords.latitude,
    lon: coords.longitude,
    atMs: Math.round(serverMs(timestamp)),
    courseDeg: coords.heading === null || Number.isNaN(coords.heading) ? null : coords.heading,
    speedMps: coords.speed === null || Number.isNaN(coords.speed) ? null : coords.speed,
    accuracyM: coords.accuracy,
  }
}
