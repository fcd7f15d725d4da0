import { distanceM, type LatLon, seededRng } from '@doorstep/shared/domain'
import type { StreetGraph } from '../city/index.ts'
import { type Mode, modeStreets } from './field-streets.ts'

/** Straight metres of a trip worth measuring: shorter ones are a matter of which side of the street, longer ones no delivery. */
export const TRIP_M = [400, 7000] as const
const TRIES_PER_TRIP = 50

/** A trip between two spots on streets. */
export interface SampledTrip {
  from: LatLon
  to: LatLon
}

/** Random trips between spots on a mode's connected streets, the same for the same seed; fewer in a place too small for them. */
export function sampleTrips(graph: StreetGraph, mode: Mode, count: number, seed: number): SampledTrip[] {
  const rng = seededRng(seed)
  const { usable } = modeStreets(graph, mode)
  const pieces = [...usable.keys()].filter((piece) => usable[piece] === 1)
  const trips: SampledTrip[] = []
  if (pieces.length === 0) return trips
  const spot = (): LatLon => {
    const piece = pieces[Math.floor(rng() * pieces.length)]!
    const bends = graph.shapeFirst[piece + 1]! - graph.shapeFirst[piece]! - 1
    const bend = graph.shapeFirst[piece]! + Math.floor(rng() * bends)
    const share = rng()
    const between = (of: Int32Array) => (of[bend]! + share * (of[bend + 1]! - of[bend]!)) / 1e7
    return { lat: between(graph.shapeLat), lon: between(graph.shapeLon) }
  }
  for (let tries = 0; trips.length < count && tries < count * TRIES_PER_TRIP; tries++) {
    const trip = { from: spot(), to: spot() }
    const straightM = distanceM(trip.from, trip.to)
    if (straightM >= TRIP_M[0] && straightM <= TRIP_M[1]) trips.push(trip)
  }
  return trips
}
