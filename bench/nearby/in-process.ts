import { distanceM, type LatLon, seededRng } from '@doorstep/shared/domain'
import { createNearestAnswer, type Fleet, isOfferable, moveDriver, nearestInto } from '../../server/src/fleet/index.ts'
import { nearbyDrivers } from '../../server/src/positions/index.ts'
import { NOW_MS, placeInMetropolis } from './metropolis.ts'

const QUERY = { radiusM: 5_000, limit: 20, zoneIds: undefined }

/** Compares answers with looking at everyone; the number of queries answered differently. */
export function wrongAnswers(fleet: Fleet, queries: number): number {
  const rng = seededRng(3)
  let wrong = 0
  for (let i = 0; i < queries; i++) {
    const place = placeInMetropolis(rng)
    const got = nearbyDrivers(fleet, { ...QUERY, place }, NOW_MS).map((near) => near.distanceM)
    const want = bruteForce(fleet, place)
    if (got.length !== want.length || got.some((away, n) => Math.abs(away - want[n]!) > 0.01)) wrong++
  }
  return wrong
}

function bruteForce(fleet: Fleet, place: LatLon): number[] {
  const found: number[] = []
  for (let slot = 0; slot < fleet.count; slot++) {
    if (!isOfferable(fleet, slot, NOW_MS)) continue
    const away = distanceM(place, { lat: fleet.lat[slot]!, lon: fleet.lon[slot]! })
    if (away <= QUERY.radiusM) found.push(away)
  }
  return found.sort((a, b) => a - b).slice(0, QUERY.limit)
}

/** Queries a second on this thread, over places that are asked about at random: slots and distances into reused room. */
export function queriesPerSecond(fleet: Fleet, seconds: number): number {
  const answer = createNearestAnswer(QUERY.limit)
  const query = { place: { lat: 0, lon: 0 }, k: QUERY.limit, radiusM: QUERY.radiusM, nowMs: NOW_MS, zones: undefined }
  return perSecond(seconds, (place) => {
    query.place = place
    nearestInto(fleet, query, answer)
  })
}

/** The same with an object for each driver found, as the HTTP route takes it. */
export function describedQueriesPerSecond(fleet: Fleet, seconds: number): number {
  return perSecond(seconds, (place) => void nearbyDrivers(fleet, { ...QUERY, place }, NOW_MS))
}

function perSecond(seconds: number, ask: (place: LatLon) => void): number {
  const rng = seededRng(5)
  const places = Array.from({ length: 4_096 }, () => placeInMetropolis(rng))
  for (let n = 0; n < 8_000; n++) ask(places[n & 4095]!)
  const startMs = performance.now()
  let asked = 0
  while (performance.now() - startMs < seconds * 1_000) for (let n = 0; n < 500; n++) ask(places[asked++ & 4095]!)
  return (asked / (performance.now() - startMs)) * 1_000
}

/** Microseconds to move a driver some metres, cell changes included. */
export function updateUs(fleet: Fleet, updates: number): number {
  const rng = seededRng(7)
  const steps = Array.from({ length: 4_096 }, () => (rng() - 0.5) * 0.0004)
  const fix = { lat: 0, lon: 0, atMs: 0, seq: 0, courseDeg: 90, speedMps: 4 }
  const move = (n: number) => {
    const slot = (n * 7_919) % fleet.count
    fix.lat = fleet.lat[slot]! + steps[n & 4095]!
    fix.lon = fleet.lon[slot]! + steps[(n * 31) & 4095]!
    fix.atMs = fleet.fixAtMs[slot]! + 0.001
    moveDriver(fleet, slot, fix)
  }
  for (let n = 0; n < 100_000; n++) move(n)
  const startMs = performance.now()
  for (let n = 0; n < updates; n++) move(n)
  return ((performance.now() - startMs) / updates) * 1_000
}
