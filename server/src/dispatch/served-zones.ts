import type { DriverId, ZoneId } from '@doorstep/shared/domain'
import type { Snapshot } from '../planner/index.ts'
import { AppError, type Principal } from '../platform/index.ts'
import { buildSnapshot } from './build-snapshot.ts'
import type { DispatchedZone, DispatchRouteDeps } from './route-deps.ts'

type Zones = Pick<DispatchRouteDeps, 'zones'>

/** What the planner sees of a zone at this moment, with what is planned and not told yet. */
export const snapshotOf = (zone: DispatchedZone, nowMs: number): Snapshot =>
  buildSnapshot({ ...zone, previous: zone.planned.plan() }, nowMs)

/** The zone a driver rides in. */
export const zoneOfDriver = ({ zones }: Zones, id: DriverId): DispatchedZone | undefined =>
  [...zones.values()].find(({ state }) => state.drivers.has(id))

/** The zone of a driver whom somebody may see; for anybody else there is no such driver. */
export function zoneOfDriverFor(deps: Zones, id: DriverId, principal: Principal): DispatchedZone {
  const zone = zoneOfDriver(deps, id)
  if (!zone || !maySeeZone(principal, zone.state.zoneId)) throw new AppError('not_found', 'There is no such driver.')
  return zone
}

/** The zone that somebody names, or the first they may see. */
export function zoneFor(deps: Zones, principal: Principal, wanted: ZoneId | undefined): ZoneId {
  const mine = [...deps.zones.keys()].filter((id) => maySeeZone(principal, id))
  const id = wanted === undefined ? mine[0] : mine.find((one) => one === wanted)
  if (!id) throw new AppError('not_found', 'There is no such zone.')
  return id
}

const maySeeZone = (principal: Principal, zoneId: ZoneId) => !principal.zoneIds || principal.zoneIds.includes(zoneId)
