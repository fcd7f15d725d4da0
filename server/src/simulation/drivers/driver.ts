import type { DriverState, Stop, TopicChange } from '@doorstep/shared/contract'
import { createIntent } from '../intent.ts'
import { createOfferAnswers } from './consider-offers.ts'
import type { DriverDeps } from './driver-deps.ts'
import { foldAction, foldChange } from './fold-change.ts'
import { type Move, nextMove } from './next-move.ts'
import { createRouteRider } from './ride-route.ts'

/** A driver at work: told how things stand and what changes, it does what a driver does. */
export interface Driver {
  onState(state: DriverState): void
  onChange(change: TopicChange): void
  onTaken(): void
}

const isSame = (a: Stop | undefined, b: Stop) => a?.orderId === b.orderId && a.kind === b.kind

/** Makes a driver. It looks at how things stand whenever something changes, so it can begin in the middle of anything. */
export function createDriver(deps: DriverDeps): Driver {
  const { call, clock, rng, rider, count } = deps
  const intent = createIntent(clock, deps.isOurs)
  const departed = new Set<string>()
  let state: DriverState | undefined
  let isAppearing = false

  const take = (next: DriverState) => {
    state = next
    think()
  }
  const readAnew = async () => {
    const read = await call('GET /driver')
    if (!deps.isOurs()) return
    if (read.ok) take(read.value)
    else intent.tryAgain(readAnew)
  }
  const rides = createRouteRider({ rider, rng, intent }, () => think(), readAnew)
  const consider = createOfferAnswers(
    deps,
    (offer) => state?.offers.some((one) => one.id === offer.id) === true,
    (after) => (after ? take(after) : void readAnew()),
  )

  const think = () => {
    if (!state || !deps.isOurs()) return
    const [stop] = state.route.stops
    if (!state.shift && !stop) return comeOnline()
    if (!rider.place()) return void appear(state)
    rider.setReporting(true)
    consider(state.offers)
    const isThere = stop !== undefined && rides.isAt(stop)
    const move = nextMove(
      stop,
      { isThere, hasDeparted: stop !== undefined && departed.has(stop.orderId), nowMs: clock.nowMs() },
      rng,
    )
    if (move.do === 'idle' || !stop) return rides.idle()
    if (move.do === 'ride') return rides.rideTo(stop, state.route, state.driver.vehicle)
    rides.halt()
    intent.want(`${move.do} ${stop.orderId} ${stop.isReady}`, move.afterMs, () => void act(stop, move.do))
  }

  const appear = async ({ place, route }: DriverState) => {
    if (isAppearing) return
    isAppearing = true
    const found = place ?? (await deps.firstPlace(route.stops[0]))
    isAppearing = false
    if (!found) return intent.tryAgain(readAnew)
    rider.putAt(found)
    think()
  }
  const comeOnline = () => {
    rider.setReporting(false)
    if (deps.startsShift) intent.want('come online', 1_000 + rng() * 20_000, () => void goOnline())
  }
  const goOnline = async () => {
    const place = rider.place() ?? state?.place ?? (await deps.firstPlace(undefined))
    if (place) rider.putAt(place)
    const atMs = clock.nowMs()
    const gone = await call('POST /driver/go-online', { body: place ? { position: { ...place, atMs, seq: 0 } } : {} })
    if (gone.ok) take(gone.value)
    else intent.tryAgain(readAnew)
  }

  const act = async (stop: Stop, action: Exclude<Move['do'], 'idle' | 'ride'>) => {
    const first = state?.route.stops[0]
    if (!first || !isSame(first, stop)) return
    const body = { action, version: first.version }
    const done = await call('PATCH /orders/:id/status', { params: { id: stop.orderId }, body })
    if (action === 'depart') departed.add(stop.orderId)
    count(done.ok ? action : `${action} refused`)
    if (!deps.isOurs()) return
    // Somebody was quicker, or nobody answered: as things stand now there may be something else to do.
    if (!done.ok) return intent.tryAgain(readAnew)
    intent.wentWell()
    if (action === 'deliver') departed.delete(stop.orderId)
    if (state && isSame(state.route.stops[0], stop)) state = foldAction(state, action, clock.nowMs(), done.value.version)
    think()
  }

  return {
    onState: take,
    onChange(change) {
      if (state) take(foldChange(state, change))
    },
    onTaken() {
      // What is known goes stale from here: changes mean nothing until all is read anew.
      state = undefined
      intent.drop()
      rides.forget()
      rider.setReporting(false)
    },
  }
}
