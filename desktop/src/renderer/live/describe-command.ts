import type { BoardOrder, CommandResult } from '@doorstep/shared/contract'
import { clockSpan, shortName, zoneTime } from '../board/format.ts'
import type { Change, ConsoleState } from './console-store.ts'

/** What a command changed, in a sentence and side by side. */
export interface Told {
  text: string
  detail: string
  orderId: string
  changes: Change[]
}

/** What a command changed, old and new side by side, from the server's own answer; only what did change. */
export function describeCommand(
  { order, before }: Pick<CommandResult, 'order' | 'before'>,
  { drivers, zone }: Pick<ConsoleState, 'drivers' | 'zone'>,
  otherwise = 'changed',
): Told {
  const { hm } = zoneTime(zone?.timeZone ?? 'UTC')
  const nameOf = (id: string | null) => (id ? shortName(drivers.get(id)?.name ?? 'a driver') : 'nobody')
  const changes: Change[] = []
  const add = (what: string, was: string, now: string) => was !== now && changes.push({ what, was, now })
  add('Driver', nameOf(before.driverId), holderOf(order, nameOf))
  if (!order.driverId && !before.driverId) add('Only for', anyone(before.pinnedDriverId), anyone(order.pinnedDriverId))
  add('Held', before.isHeld ? 'yes' : 'no', order.isHeld ? 'yes' : 'no')
  add('Priority', String(before.priority), String(order.priority))
  add('Promised', hm(before.promisedAtMs), hm(order.promisedAtMs))
  const { predictedMs, promisedAtMs } = order
  if (predictedMs !== null && before.predictedMs !== null) {
    add('Arrives', hm(before.predictedMs), hm(predictedMs))
    const [was, now] = [before.promisedAtMs - before.predictedMs, promisedAtMs - predictedMs]
    if (hm(before.predictedMs) !== hm(predictedMs) || before.promisedAtMs !== promisedAtMs)
      add('Slack', clockSpan(was), clockSpan(now))
  }
  const detail = changes.map(({ what, was }) => `${what.toLowerCase()} was ${was}`).join(', ')
  return { text: `#${order.number} ${headline(order, before, nameOf, hm) ?? otherwise}`, detail, orderId: order.id, changes }

  function anyone(id: string | null) {
    return id ? nameOf(id) : 'anyone'
  }
}

type NameOf = (id: string | null) => string

const holderOf = (order: BoardOrder, nameOf: NameOf) =>
  order.driverId ? nameOf(order.driverId) : order.offer ? `offered to ${nameOf(order.offer.driverId)}` : 'nobody'

/** The change that matters most, in words. */
function headline(order: BoardOrder, before: CommandResult['before'], nameOf: NameOf, hm: (ms: number) => string): string | null {
  if (order.driverId !== before.driverId)
    return order.driverId ? `to ${nameOf(order.driverId)}` : `taken from ${nameOf(before.driverId)}`
  if (order.isHeld !== before.isHeld) return order.isHeld ? 'held' : 'given back to the planner'
  if (order.pinnedDriverId !== before.pinnedDriverId)
    return order.pinnedDriverId ? `only for ${nameOf(order.pinnedDriverId)}` : 'open to every driver again'
  if (order.priority !== before.priority) return `priority ${order.priority}`
  if (order.promisedAtMs !== before.promisedAtMs) return `promised for ${hm(order.promisedAtMs)}`
  return order.offer && !order.driverId ? `offered to ${nameOf(order.offer.driverId)}` : null
}
