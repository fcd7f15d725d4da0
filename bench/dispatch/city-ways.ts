import { distanceM, type LatLon, type Vehicle } from '@doorstep/shared/domain'
import { placeAround } from '../../server/src/simulation/index.ts'
import type { City } from './city-place.ts'

/** A way through the city: its places, and the seconds from each to the end. */
export interface Way {
  places: readonly LatLon[]
  leftS: readonly number[]
}

/** How far one looks ahead, in which directions; where no street leads on, a little further. */
const LOOKS_AHEAD_M = [80, 200, 400]
const DIRECTIONS = 16
const NEAR_M = 100
const LONGEST = 400

/**
 * The way to a stop whose travel field is open: downhill in the field, which is where its streets lead. Only for where somebody
 * is under way; how long it takes is the field's own time.
 */
export function wayTo({ travel }: City, key: string, vehicle: Vehicle, from: LatLon, to: LatLon): Way {
  const places = [from]
  const leftS = [travel.secondsTo(key, vehicle, from)]
  while (places.length < LONGEST && distanceM(places.at(-1)!, to) > NEAR_M) {
    const next = downhill(travel, key, vehicle, places.at(-1)!, leftS.at(-1)!)
    if (!next) break
    places.push(next.place)
    leftS.push(next.leftS)
  }
  places.push(to)
  leftS.push(0)
  return { places, leftS }
}

function downhill(travel: City['travel'], key: string, vehicle: Vehicle, at: LatLon, fromS: number) {
  for (const metres of LOOKS_AHEAD_M) {
    let best: { place: LatLon; leftS: number } | null = null
    for (let i = 0; i < DIRECTIONS; i++) {
      const place = placeAround(() => i / DIRECTIONS, at, metres, metres)
      const leftS = travel.secondsTo(key, vehicle, place)
      if (leftS < (best?.leftS ?? fromS)) best = { place, leftS }
    }
    if (best) return best
  }
  return null
}

/** Where one is on a way when this share of its time is over. */
export function placeOnWay({ places, leftS }: Way, share: number): LatLon {
  const left = leftS[0]! * (1 - Math.min(1, Math.max(0, share)))
  let next = 1
  while (next < places.length - 1 && leftS[next]! > left) next++
  const [a, b] = [places[next - 1]!, places[next]!]
  const [fromS, toS] = [leftS[next - 1]!, leftS[next]!]
  const part = fromS > toS ? Math.min(1, Math.max(0, (fromS - left) / (fromS - toS))) : 1
  return { lat: a.lat + (b.lat - a.lat) * part, lon: a.lon + (b.lon - a.lon) * part }
}

/** Back the way one came, this share of its time. */
export function wayBack({ places, leftS }: Way, share: number): Way {
  const total = leftS[0]!
  const back = places.toReversed()
  const aheadS = leftS.toReversed().map((left) => share * total - left)
  const until = aheadS.findIndex((left) => left <= 0)
  if (until < 0) return { places: back, leftS: aheadS }
  const end = placeOnWay({ places, leftS }, 1 - share)
  return { places: [...back.slice(0, until), end], leftS: [...aheadS.slice(0, until), 0] }
}
