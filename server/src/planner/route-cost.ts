import { expectedLater } from './expected-later.ts'
import { orderCost, type Problem, type StopCode } from './problem.ts'

/**
 * The cost of a driver's route in minor units, Infinity where it breaks a rule: load, bundling, shift, reach. Rules bind
 * only where an order of this tick's plan is involved; what a driver already carries is never called impossible.
 * `notBeforeS` keeps the driver from starting towards the first planned stop any earlier. A route whose minutes alone
 * cost more than `limit` is not followed to its end and answered as Infinity.
 */
export function routeCost(
  problem: Problem,
  driver: number,
  stops: readonly StopCode[],
  length: number,
  notBeforeS = 0,
  limit = Infinity,
): number {
  const { policy, loose, readyS, placedS, promisedS, weight, size, pickupPlace, dropPlace, merchant } = problem
  const { weights, service, bundling } = policy
  const vehicle = problem.vehicle[driver]!
  const travel = problem.index.snapshot.travelS
  const shiftEndS = problem.shiftEndS[driver]!
  const dropsInShift = policy.shiftEnd === 'last_drop'
  let time = problem.startS[driver]!
  let place = problem.startPlace[driver]!
  let load = problem.loadAtStart[driver]!
  let bulk = problem.sizeAtStart[driver]!
  let looseAboard = 0
  let planned = 0
  let rideS = 0
  let cost = 0
  for (let i = 0; i < length; ) {
    const order = stops[i]! >> 1
    const isLoose = loose[order] === 1
    if (isLoose && planned === 0 && time < notBeforeS) time = notBeforeS
    if (stops[i]! & 1) {
      const leg = travel(vehicle, place, dropPlace[order]!)
      rideS += leg
      time += leg + service.dropBeforeS
      const late = time - promisedS[order]!
      cost += (weight[order]! * ((time - placedS[order]!) * weights.doorPerMin + (late > 0 ? late * weights.latePerMin : 0))) / 60
      if ((isLoose && dropsInShift && time > shiftEndS) || cost + (rideS * weights.ridePerMin) / 60 > limit) return Infinity
      time += service.dropAfterS
      load--
      bulk -= size[order]!
      looseAboard -= loose[order]!
      place = dropPlace[order]!
      i++
      continue
    }
    const leg = travel(vehicle, place, pickupPlace[order]!)
    rideS += leg
    place = pickupPlace[order]!
    time += leg + service.pickupBeforeS
    const before = load
    let end = i
    let visitLoose = 0
    for (; end < length; end++) {
      const code = stops[end]!
      const other = code >> 1
      if (code & 1 || merchant[other] !== merchant[order]) break
      time = expectedLater(time, readyS[other]!, problem.sigmaS[other]!)
      load++
      bulk += size[other]!
      visitLoose += loose[other]!
    }
    if (visitLoose + looseAboard > 0) {
      if (bulk > problem.capacity[driver]! || load > problem.maxOrders[driver]! || (load > 1 && load > bundling.maxOrders))
        return Infinity
      if (before > 0 && (bundling.mode === 'none' || bundling.mode === 'same_merchant')) return Infinity
      if (before > 0 && bundling.mode === 'nearby_merchants' && leg > bundling.withinS) return Infinity
      if (load > 1 && bundling.mode === 'none') return Infinity
      if (visitLoose > 0 && time > shiftEndS) return Infinity
    }
    for (; i < end; i++) {
      const other = stops[i]! >> 1
      const waited = time - readyS[other]!
      if (waited > 0) cost += (weight[other]! * waited * weights.foodWaitPerMin) / 60
    }
    looseAboard += visitLoose
    planned += visitLoose
    time += service.pickupAfterS
  }
  if (planned === 0 && length === 0) return 0
  const busyS = Math.min(time, shiftEndS) - problem.startS[driver]!
  if (busyS > 0) cost += (busyS * weights.busyPerMin) / 60
  cost += (rideS * weights.ridePerMin) / 60
  return cost + orderCost(problem, driver, planned)
}
