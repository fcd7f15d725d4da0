import type { CommandResult } from '@doorstep/shared/contract'
import { clockSpan, shortName, zoneTime } from '../board/format.ts'
import type { ConsoleState } from './console-store.ts'

/** What a command changed, old and new side by side, from the server's own answer. */
export function describeCommand(
  { order, before }: CommandResult,
  { drivers, zone }: Pick<ConsoleState, 'drivers' | 'zone'>,
): { text: string; detail: string } {
  const nameOf = (id: string | null) => (id ? shortName(drivers.get(id)?.name ?? 'a driver') : 'nobody')
  const now = order.driverId ?? order.offer?.driverId ?? null
  const verb = order.driverId ? 'to' : order.offer ? 'offered to' : 'taken from'
  const text = now
    ? `#${order.number} ${verb} ${nameOf(now)}, was with ${nameOf(before.driverId)}`
    : `#${order.number} ${verb} ${nameOf(before.driverId)}`
  const { hm } = zoneTime(zone?.timeZone ?? 'UTC')
  const { predictedMs } = order
  if (predictedMs === null) return { text, detail: '' }
  const arrives = `arrives ${hm(predictedMs)}`
  const detail = before.predictedMs === null ? arrives : `${arrives}, was ${hm(before.predictedMs)}`
  return { text, detail: `${detail}, slack ${clockSpan(order.promisedAtMs - predictedMs)}` }
}
