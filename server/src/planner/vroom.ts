import { type DriverId, fail, type MerchantId, type OrderId, ok, type Result, VEHICLES } from '@doorstep/shared/domain'
import type { PlannedStop } from './decision.ts'
import { JOINT, type JointPolicy } from './policy.ts'
import { indexSnapshot } from './snapshot-index.ts'
import { timeRoute } from './time-route.ts'
import type { Plan, PlannerDriver, PlannerOrder, Snapshot } from './types.ts'

type Window = readonly [from: number, to: number]

interface VroomTask {
  id: number
  location_index: number
  service?: number
  time_windows?: readonly Window[]
}

/** The part of VROOM's input that describes pickups and deliveries with given matrices; times in seconds. */
export interface VroomProblem {
  vehicles: readonly {
    id: number
    profile?: string
    start_index: number
    capacity?: readonly number[]
    time_window?: Window
    max_tasks?: number
  }[]
  shipments: readonly { pickup: VroomTask; delivery: VroomTask; amount?: readonly number[]; priority?: number }[]
  jobs?: readonly unknown[]
  matrices: Readonly<Record<string, { durations: readonly (readonly number[])[] }>>
}

/** A problem as the planner takes it. */
export interface VroomInput {
  snapshot: Snapshot
  policy: JointPolicy
}

/** VROOM's answer for the same part: routes with their steps, what was left out, the sums. */
export interface VroomSolution {
  code: 0
  summary: {
    cost: number
    routes: number
    unassigned: number
    service: number
    duration: number
    waiting_time: number
    violations: number
  }
  unassigned: { id: number; type: 'pickup' | 'delivery'; location_index: number }[]
  routes: VroomRoute[]
}

interface VroomRoute {
  vehicle: number
  cost: number
  duration: number
  service: number
  waiting_time: number
  steps: VroomStep[]
}

interface VroomStep {
  type: 'start' | 'pickup' | 'delivery'
  id?: number
  location_index: number
  arrival: number
  waiting_time: number
  service: number
  load: number[]
  /** Seconds outside the task's time windows. */
  delay: number
}

/** What a kilometre counts for where only times are known: 20 km/h. */
const SECONDS_PER_KM = 180

/** The weights make the planner minimise riding seconds after serving all and being in time. */
const RIDING_ONLY = {
  doorPerMin: 0,
  latePerMin: 60_000,
  foodWaitPerMin: 0,
  busyPerMin: 0,
  ridePerMin: 60,
  pay: 0,
  fairness: 0,
  decline: 0,
}

/** Reads a problem. A pickup's window begins when it is ready, a delivery's ends with the promise; other bounds are only checked afterwards. */
export function readVroom(problem: VroomProblem, iterations: number): Result<VroomInput, { kind: 'unsupported'; why: string }> {
  const unsupported = (why: string) => fail({ kind: 'unsupported' as const, why })
  if (problem.jobs && problem.jobs.length > 0) return unsupported('jobs: only shipments (a pickup and a delivery) are planned')
  const profiles = Object.keys(problem.matrices)
  if (profiles.length > VEHICLES.length) return unsupported(`more than ${VEHICLES.length} profiles`)
  const services = (kind: 'pickup' | 'delivery') => new Set(problem.shipments.map((shipment) => shipment[kind].service ?? 0))
  if (services('pickup').size > 1 || services('delivery').size > 1)
    return unsupported('service times that differ from task to task')
  if (problem.vehicles.some((vehicle) => (vehicle.capacity?.length ?? 0) > 1))
    return unsupported('more than one dimension of capacity')
  for (const { profile = 'car' } of problem.vehicles)
    if (!profiles.includes(profile)) return unsupported(`no matrix for profile ${profile}`)
  const matrices = profiles.map((profile) => problem.matrices[profile]!.durations)
  const snapshot: Snapshot = {
    orders: problem.shipments.map(orderOf),
    drivers: problem.vehicles.map((vehicle) => driverOf(vehicle, profiles.indexOf(vehicle.profile ?? 'car'))),
    places: [],
    travelS: (vehicle, from, to) => matrices[VEHICLES.indexOf(vehicle)]![from]![to]!,
    // No places, only times: what is far is what takes long, and nothing is too far.
    km: (from, to) => matrices[0]![from]![to]! / SECONDS_PER_KM,
    previous: null,
  }
  const policy: JointPolicy = {
    ...JOINT,
    mode: 'assign',
    radiusKm: Number.MAX_SAFE_INTEGER,
    horizonS: Number.MAX_SAFE_INTEGER,
    bundling: { mode: 'any', maxOrders: 1000, withinS: 0 },
    service: {
      pickupBeforeS: 0,
      pickupAfterS: [...services('pickup')][0] ?? 0,
      dropBeforeS: 0,
      dropAfterS: [...services('delivery')][0] ?? 0,
    },
    weights: { ...RIDING_ONLY, unplanned: 1e9 },
    search: { ...JOINT.search, iterations, iterationsPerFresh: 0, iterationsMax: iterations, candidates: 100, removeMax: 30 },
  }
  return ok({ snapshot, policy })
}

function orderOf({ pickup, delivery, amount, priority }: VroomProblem['shipments'][number], row: number): PlannerOrder {
  return {
    id: `s${row}` as OrderId,
    merchantId: `p${row}` as MerchantId,
    pickupPlace: pickup.location_index,
    dropPlace: delivery.location_index,
    placedMs: 0,
    readyMs: 1000 * (pickup.time_windows?.[0]?.[0] ?? 0),
    readySigmaS: 0,
    promisedMs: 1000 * (delivery.time_windows?.at(-1)?.[1] ?? 1e9),
    size: amount?.[0] ?? 0,
    priority: priority ?? 0,
    tipMinor: 0,
    feeMinor: 0,
    excluded: [],
    attempts: 0,
    retryAtMs: null,
    offers: [],
    assignedDriverId: null,
    pinnedDriverId: null,
    hold: false,
  }
}

function driverOf(vehicle: VroomProblem['vehicles'][number], profile: number): PlannerDriver {
  return {
    id: `v${vehicle.id}` as DriverId,
    state: 'online',
    place: vehicle.start_index,
    fixAgeMs: 0,
    freeAtMs: 1000 * (vehicle.time_window?.[0] ?? 0),
    shiftEndMs: vehicle.time_window ? 1000 * vehicle.time_window[1] : null,
    stops: [],
    vehicle: VEHICLES[profile]!,
    capacity: vehicle.capacity?.[0] ?? Number.MAX_SAFE_INTEGER,
    maxOrders: vehicle.max_tasks === undefined ? 1000 : Math.floor(vehicle.max_tasks / 2),
    acceptanceRate: 1,
    rating: 5,
    earnedMinor: 0,
    onlineMs: 0,
  }
}

/** Writes a plan the way VROOM does. */
export function writeVroom(problem: VroomProblem, { snapshot, policy }: VroomInput, plan: Plan): VroomSolution {
  const index = indexSnapshot(snapshot, 0)
  const routes = plan.routes.map(({ driverId, stops }) => {
    const driver = index.drivers.get(driverId)!
    const vehicle = problem.vehicles[snapshot.drivers.indexOf(driver)]!
    return routeOf(problem, vehicle.id, driver, timeRoute(index, driver, stops, policy.service))
  })
  const served = new Set(plan.routes.flatMap((route) => route.stops.map((stop) => stop.orderId)))
  const left = problem.shipments.filter((_, row) => !served.has(`s${row}` as OrderId))
  const sum = (of: (route: VroomRoute) => number) => routes.reduce((total, route) => total + of(route), 0)
  return {
    code: 0,
    summary: {
      cost: sum((route) => route.cost),
      routes: routes.length,
      unassigned: 2 * left.length,
      service: sum((route) => route.service),
      duration: sum((route) => route.duration),
      waiting_time: sum((route) => route.waiting_time),
      violations: sum((route) => route.steps.filter((step) => step.delay > 0).length),
    },
    unassigned: left.flatMap(({ pickup, delivery }) => [
      { id: pickup.id, type: 'pickup' as const, location_index: pickup.location_index },
      { id: delivery.id, type: 'delivery' as const, location_index: delivery.location_index },
    ]),
    routes,
  }
}

function routeOf(problem: VroomProblem, vehicle: number, driver: PlannerDriver, stops: readonly PlannedStop[]): VroomRoute {
  const startS = driver.freeAtMs / 1000
  const steps: VroomStep[] = [
    { type: 'start', location_index: driver.place, arrival: startS, waiting_time: 0, service: 0, load: [0], delay: 0 },
  ]
  let [load, duration, leftS] = [0, 0, startS]
  for (const stop of stops) {
    const shipment = problem.shipments[Number(stop.orderId.slice(1))]!
    const isPickup = stop.kind === 'pickup'
    const task = isPickup ? shipment.pickup : shipment.delivery
    load += (shipment.amount?.[0] ?? 0) * (isPickup ? 1 : -1)
    duration += stop.arriveMs / 1000 - leftS
    leftS = stop.leaveMs / 1000
    steps.push({
      type: isPickup ? 'pickup' : 'delivery',
      id: task.id,
      location_index: stop.place,
      arrival: stop.arriveMs / 1000,
      waiting_time: stop.waitS,
      service: task.service ?? 0,
      load: [load],
      delay: outside(stop.atMs / 1000, task.time_windows),
    })
  }
  const sum = (of: (step: VroomStep) => number) => steps.reduce((total, step) => total + of(step), 0)
  return {
    vehicle,
    cost: duration,
    duration,
    service: sum((step) => step.service),
    waiting_time: sum((step) => step.waiting_time),
    steps,
  }
}

function outside(timeS: number, windows: readonly Window[] | undefined): number {
  if (!windows || windows.length === 0) return 0
  return Math.min(...windows.map(([from, to]) => Math.max(0, from - timeS, timeS - to)))
}
