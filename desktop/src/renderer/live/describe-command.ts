import type { CommandResult } from '@doorstep/shared/contract'
import { clockSpan, shortName, zoneTime } from '../board/format.ts'
import type { Change, ConsoleState } from './console-store.ts'

/** What a command changed, old and new side by side, from the server's own answer. */
export function describeCommand(
  { order, before }: CommandResult,
  { drivers, zone }: Pick<ConsoleState, 'drivers' | 'zone'>,
): { text: string; detail: string; orderId: string; changes: Change[] } {
  const { hm } = zoneTime(zone?.timeZone ?? 'UTC')
  const nameOf = (id: string | null) => (id ? shortName(drivers.get(id)?.name ?? 'a driver') : 'nobody')
  const was = nameOf(before.driverId)
  const now = order.driverId ? nameOf(order.driverId) : order.offer ? `offered to ${nameOf(order.offer.driverId)}` : 'nobody'
  const changes: Change[] = [{ what: 'Driver', was, now }]
  const { predictedMs, promisedAtMs } = order
  if (predictedMs !== null && before.predictedMs !== null && hm(predictedMs) !== hm(before.predictedMs)) {
    changes.push({ what: 'Arrives', was: hm(before.predictedMs), now: hm(predictedMs) })
    changes.push({ what: 'Slack', was: clockSpan(promisedAtMs - before.predictedMs), now: clockSpan(promisedAtMs - predictedMs) })
  }
  const text = `#${order.number} ${now === 'nobody' ? `taken from ${was}` : `to ${now}`}`
  const detail = changes.map((change) => `${change.what.toLowerCase()} was ${change.was}`).join(', ')
  return { text, detail, orderId: order.id, changes }
}
