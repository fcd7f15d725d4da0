import { isCarried } from '@doorstep/shared/domain'
import { shortName } from '../board/format.ts'
import type { ConsoleState } from './console-store.ts'
import { refusalWords } from './refusal-words.ts'
import { type CommandDeps, pushUndo } from './run-command.ts'

/** A driver's orders that are not carried yet, in the order of the route; and how many are carried already. */
export function movableOrders({ drivers, orders }: Pick<ConsoleState, 'drivers' | 'orders'>, driverId: string) {
  const ids = [...new Set(drivers.get(driverId)?.stops.map((stop) => stop.orderId as string))]
  const known = ids.flatMap((id) => orders.get(id) ?? [])
  return { movable: known.filter((order) => !isCarried(order)), carried: known.filter((order) => isCarried(order)) }
}

/** Gives everything a driver has not picked up yet to another driver; each order answers for itself. */
export async function moveRoute(deps: CommandDeps, fromId: string, toId: string, reason?: string): Promise<void> {
  const { store, api, clock } = deps
  const state = store.getState()
  const { movable, carried } = movableOrders(state, fromId)
  const nameOf = (id: string) => shortName(state.drivers.get(id)?.name ?? 'a driver')
  const title = `Route of ${nameOf(fromId)} to ${nameOf(toId)}`
  if (movable.length === 0) return
  store.setState({ question: null, notice: null, report: { title, rows: [], left: movable.length } })
  const result = await api.moveRoute(fromId, toId, movable, reason)
  if (!result.ok) {
    store.setState({ report: null, notice: { tone: 'refused', ...refusalWords(title, result.error), atMs: clock.nowMs() } })
    return
  }
  const rows = result.value.items.map(({ orderId, number, problem }) => ({
    orderId: orderId as string,
    number,
    isDone: problem === null,
    text: problem ? problem.detail : `moved to ${nameOf(toId)}`,
  }))
  const stays = carried.map((order) => ({
    orderId: order.id as string,
    number: order.number,
    isDone: false,
    text: `already picked up, stays with ${nameOf(fromId)}`,
  }))
  store.setState({ report: { title, rows: [...rows, ...stays], left: 0 }, redos: [] })
  const commands = result.value.items.flatMap(({ commandId, orderId, number }) =>
    commandId ? [{ commandId, orderId: orderId as string, number }] : [],
  )
  if (commands.length > 0) pushUndo(store, { text: title, commands })
}
