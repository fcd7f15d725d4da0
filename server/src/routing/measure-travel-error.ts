import { fail, ok, type Result, VEHICLES, type Vehicle } from '@doorstep/shared/domain'
import type { StreetGraph } from '../city/index.ts'
import { type Calibration, DEFAULT_CALIBRATION } from './calibration.ts'
import { modeOf } from './field-streets.ts'
import type { Route, Router } from './router.ts'
import { type SampledTrip, sampleTrips } from './sample-trips.ts'
import { type TravelFields, travelFields } from './travel-fields.ts'

/** Routes asked for at once. */
const AT_ONCE = 8
/** Trips that a scale is fitted on; the error of a scale is then about one percent. */
const CALIBRATION_TRIPS = 200
/** Trips on which a motorcycle or van is compared with the car. */
const PAIRED_TRIPS = 40
/** Keeps the trips of a calibration apart from those of a measurement with the same seed. */
const CALIBRATION_SEED = 0x5bd1e995

/** How far travel fields are from the router's times, in percent of the latter. */
export interface TravelError {
  vehicle: Vehicle
  /** Trips compared. */
  pairs: number
  medianPct: number
  p90Pct: number
  /** Mean signed error: positive where fields are too slow. */
  biasPct: number
  /** Share of trips for which the router found no way. */
  unreachableShare: number
}

/** `no_engine`: the router only had straight lines to offer. `no_trips`: too few streets. */
export type MeasureError = { kind: 'no_engine' | 'no_trips' }

/** Compares travel fields with the router on random trips of 400 m to 7 km between spots on streets. */
export async function measureTravelError(
  router: Router,
  graph: StreetGraph,
  options: { pairs?: number; seed: number; vehicle?: Vehicle; calibration?: Calibration },
): Promise<Result<TravelError, MeasureError>> {
  const vehicle = options.vehicle ?? 'car'
  const trips = sampleTrips(graph, modeOf(vehicle), options.pairs ?? 1000, options.seed)
  const measured = await compare(router, graph, vehicle, trips, options.calibration ?? DEFAULT_CALIBRATION)
  if (!measured.ok) return measured
  const errors = measured.value.map(({ fieldS, route }) => fieldS / route.durationS - 1)
  const sizes = errors.map(Math.abs).sort((a, b) => a - b)
  return ok({
    vehicle,
    pairs: errors.length,
    medianPct: 100 * sizes[Math.floor(sizes.length / 2)]!,
    p90Pct: 100 * sizes[Math.floor(sizes.length * 0.9)]!,
    biasPct: 100 * mean(errors),
    unreachableShare: 1 - errors.length / trips.length,
  })
}

/**
 * Fits one scale per vehicle so that fields have no mean relative error against the router, and the pace of its roads.
 * Motorcycle and van share the car's fields and most of its trips, so they are fitted by their ratio to the car.
 */
export async function calibrate(router: Router, graph: StreetGraph, seed: number): Promise<Result<Calibration, MeasureError>> {
  const calibration = structuredClone(DEFAULT_CALIBRATION)
  for (const vehicle of ['bicycle', 'car'] as const) {
    const trips = sampleTrips(graph, modeOf(vehicle), CALIBRATION_TRIPS, seed ^ CALIBRATION_SEED)
    const measured = await compare(router, graph, vehicle, trips, DEFAULT_CALIBRATION)
    if (!measured.ok) return measured
    calibration[vehicle] = fit(measured.value)
  }
  const trips = sampleTrips(graph, 'motor', PAIRED_TRIPS, seed ^ CALIBRATION_SEED)
  const car = await compare(router, graph, 'car', trips, DEFAULT_CALIBRATION)
  for (const vehicle of VEHICLES.filter((v) => v === 'motorcycle' || v === 'van')) {
    const measured = await compare(router, graph, vehicle, trips, DEFAULT_CALIBRATION)
    if (!measured.ok || !car.ok) return measured.ok ? (car as Result<never, MeasureError>) : measured
    const [own, cars] = [fit(measured.value), fit(car.value)]
    calibration[vehicle] = {
      scale: calibration.car.scale * (own.scale / cars.scale),
      metresPerS: calibration.car.metresPerS * (own.metresPerS / cars.metresPerS),
    }
  }
  return ok(calibration)
}

interface Compared {
  fieldS: number
  route: Route
}

async function compare(
  router: Router,
  graph: StreetGraph,
  vehicle: Vehicle,
  trips: readonly SampledTrip[],
  calibration: Calibration,
): Promise<Result<Compared[], MeasureError>> {
  if (trips.length === 0) return fail({ kind: 'no_trips' })
  const fields = travelFields(graph, { calibration, modes: [modeOf(vehicle)] })
  const compared: Compared[] = []
  for (let i = 0; i < trips.length; i += AT_ONCE) {
    const batch = trips.slice(i, i + AT_ONCE)
    const routes = await Promise.all(batch.map(({ from, to }) => router.route(vehicle, [from, to])))
    routes.forEach((result, k) => {
      if (!result.ok || result.value.source === 'straight_line' || result.value.durationS === 0) return
      compared.push({ fieldS: fieldSeconds(fields, vehicle, batch[k]!), route: result.value })
    })
  }
  // An engine that is there finds a way for nearly all; mostly straight lines mean that there was none.
  return compared.length < trips.length / 2 ? fail({ kind: 'no_engine' }) : ok(compared)
}

/** Reads a trip as the planner reads it: between two open stops. */
function fieldSeconds(fields: TravelFields, vehicle: Vehicle, { from, to }: SampledTrip): number {
  fields.openStop('from', from)
  fields.openStop('to', to)
  return fields.seconds(vehicle, 'from', 'to')
}

function fit(compared: readonly Compared[]) {
  return {
    scale: 1 / mean(compared.map(({ fieldS, route }) => fieldS / route.durationS)),
    metresPerS: mean(compared.map(({ route }) => route.distanceM)) / mean(compared.map(({ route }) => route.durationS)),
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
