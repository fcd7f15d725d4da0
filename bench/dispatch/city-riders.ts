import { type DriverId, distanceM, type LatLon } from '@doorstep/shared/domain'
import { dropKey, merchantKey } from '../../server/src/dispatch/index.ts'
import type { StopRef } from '../../server/src/drivers/index.ts'
import type { OrderRow } from '../../server/src/orders/index.ts'
import { driftBack, type Move, nextMove, paceOfLeg, rngOf, type Task } from '../../server/src/simulation/index.ts'
import type { EveningDriver } from './city-evening.ts'
import { createBody } from './city-riding.ts'
import type { Town } from './city-town.ts'
import { type Way, wayBack, wayTo } from './city-ways.ts'

/** What a driver's evening came to. Kilometres are ridden ones, to stops and back to where there is something to do. */
export interface RiddenEvening {
  driverId: DriverId
  onlineMs: number
  /** With an order, from accepting it to its door. */
  busyMs: number
  kmToStops: number
  kmBack: number
}

/** The drivers of an evening. */
export interface Riders {
  place(id: DriverId): LatLon
  /** The route of a driver has changed. */
  look(id: DriverId): void
  ridden(): RiddenEvening[]
}

/** Puts the drivers on the streets: they come on shift, ride, wait, hand over and go home as the simulated ones do. */
export function startRiders(town: Town): Riders {
  const { evening, server } = town
  const riders = new Map(evening.drivers.map((driver): [DriverId, Rider] => [driver.row.id, createRider(town, driver)]))
  server.onMoved(({ before, after }) => {
    const id = after.driverId ?? before.driverId
    if (id) riders.get(id)?.look()
  })
  return {
    place: (id) => riders.get(id)!.place(),
    look: (id) => riders.get(id)!.look(),
    ridden: () => [...riders.values()].map((rider) => rider.ridden()),
  }
}

type Rider = { place(): LatLon; look(): void; ridden(): RiddenEvening }

const keyOf = (stop: StopRef) => `${stop.kind} ${stop.orderId}`
/** From here one need not ride to be there. */
const THERE_M = 30
const BACK = 'back'

function createRider(town: Town, { row: { id, vehicle }, place, startsMs, endsMs }: EveningDriver): Rider {
  const { city, evening, server, schedule, nowMs } = town
  const body = createBody(town, place)
  const shift = createShift(town, id, endsMs)
  const departed = new Set<string>()
  const chance = (what: string) => rngOf(evening.seed, `${id} ${what}`)
  let at: { key: string; way: Way } | null = null
  let intent: { key: string; task: Task } | null = null

  const drop = () => {
    if (intent) intent.task.isCancelled = true
    intent = null
  }
  const want = (key: string, afterMs: number, act: () => void) => {
    if (intent?.key === key) return
    drop()
    const task = schedule(nowMs() + afterMs, () => {
      intent = null
      act()
    })
    intent = { key, task }
  }
  const legOf = (way: Way, key: string) => ({
    way,
    key,
    isToStop: key !== BACK,
    metres: city.travel.metres(vehicle, way.leftS[0]!),
  })
  const rideTo = (stop: StopRef, order: OrderRow) => {
    const key = keyOf(stop)
    drop()
    if (body.leg()?.key === key) return
    body.halt()
    const [field, to] = fieldOf(stop, order)
    const way = wayTo(city, field, vehicle, body.place(), to)
    const pace = paceOfLeg(chance(`pace ${key}`))
    at = null
    const arrived = () => {
      at = { key, way }
      look()
    }
    body.ride({ ...legOf(way, key), afterMs: pace.dawdleMs, durationMs: (way.leftS[0]! * 1000) / pace.factor, arrived })
  }
  const idle = () => {
    const last = at
    at = null
    if (body.leg()?.isToStop) body.halt()
    if (intent?.key !== BACK) drop()
    if (shift.isOver()) return goHome()
    const drift = last?.key.startsWith('drop') ? driftBack(chance(`drift ${last.key}`)) : null
    if (!last || !drift) return
    want(BACK, drift.afterMs, () => {
      const way = wayBack(last.way, drift.share)
      const durationMs = (way.leftS[0]! * 1000) / drift.speedFactor
      body.ride({ ...legOf(way, BACK), afterMs: 0, durationMs, arrived: () => {} })
    })
  }
  const goHome = () => {
    drop()
    body.halt()
    shift.end()
  }
  const look = () => {
    const [stop] = server.state.drivers.get(id)!.stops
    shift.count(stop !== undefined)
    const order = stop && server.state.orders.get(stop.orderId)
    if (!stop || !order) return shift.isOn() ? idle() : undefined
    const move = moveAt(stop, order)
    if (move.do === 'idle' || move.do === 'ride') return rideTo(stop, order)
    body.halt()
    want(`${move.do} ${keyOf(stop)} ${order.readyAt !== null}`, move.afterMs, () => {
      if (move.do === 'depart') departed.add(stop.orderId)
      server.move(stop.orderId, { action: move.do, actor: 'driver' }, nowMs())
      look()
    })
  }
  const moveAt = (stop: StopRef, order: OrderRow): Move => {
    const isThere = at?.key === keyOf(stop) || distanceM(body.place(), fieldOf(stop, order)[1]) < THERE_M
    const hasDeparted = departed.has(stop.orderId)
    const arrivedAtMs = stop.kind === 'pickup' ? order.atMerchantAt : order.atCustomerAt
    const ahead = {
      kind: stop.kind,
      arrivedAtMs,
      isReady: order.readyAt !== null,
      readyAtMs: order.readyAt ?? order.kitchenReadyAt,
    }
    const rng = chance(`${keyOf(stop)} ${arrivedAtMs !== null} ${hasDeparted} ${ahead.isReady}`)
    return nextMove(ahead, { isThere, hasDeparted, nowMs: nowMs() }, rng)
  }

  schedule(startsMs, shift.begin)
  schedule(endsMs, look)
  return {
    place: body.place,
    look,
    ridden: () => ({ driverId: id, ...shift.times(), kmToStops: body.km().toStops, kmBack: body.km().back }),
  }
}

/** A driver's shift: on, busy and off, in the server's books and in the driver's own. */
function createShift({ server, nowMs }: Town, id: DriverId, endsMs: number) {
  const times = { onlineMs: 0, busyMs: 0 }
  let onSinceMs: number | null = null
  let busySinceMs: number | null = null
  return {
    times: () => times,
    isOn: () => onSinceMs !== null,
    isOver: () => nowMs() >= endsMs,
    begin() {
      onSinceMs = nowMs()
      server.setDriver(id, { shiftStartedAt: nowMs(), shiftEndsAt: endsMs })
    },
    end() {
      if (onSinceMs === null) return
      times.onlineMs += nowMs() - onSinceMs
      onSinceMs = null
      server.setDriver(id, { shiftStartedAt: null, shiftEndsAt: null })
    },
    count(isBusy: boolean) {
      if (isBusy) busySinceMs ??= nowMs()
      else if (busySinceMs !== null) {
        times.busyMs += nowMs() - busySinceMs
        busySinceMs = null
      }
    },
  }
}

/** The travel field of a stop, and where it is. */
function fieldOf(stop: StopRef, order: OrderRow): [key: string, place: LatLon] {
  if (stop.kind === 'drop') return [dropKey(order.id), { lat: order.dropLat, lon: order.dropLon }]
  return [merchantKey(order.merchantId), { lat: order.merchantLat, lon: order.merchantLon }]
}
