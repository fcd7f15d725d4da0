import type { OrderRow } from '../../server/src/orders/index.ts'
import type { PlayedEvening } from './city-play.ts'

/** What must be true of any evening, whoever dispatched it; every line is a rule that was broken. */
export function brokenRules(played: PlayedEvening): string[] {
  const { orders, left, drivers } = played
  const broken = [...played.broken, ...left.map((order) => `${order.id} was never brought and never given up`)]
  const seen = new Set<string>()
  for (const order of orders) {
    if (seen.has(order.id)) broken.push(`${order.id} is there twice`)
    seen.add(order.id)
    if (order.delivery === 'delivered') broken.push(...brokenSteps(order))
  }
  const paid = orders
    .filter((order) => order.delivery === 'delivered')
    .reduce((sum, order) => sum + order.payMinor + order.tipMinor, 0)
  const earned = drivers.reduce((sum, driver) => sum + driver.earnedMinor, 0)
  if (paid !== earned) broken.push(`drivers earned ${earned}, deliveries paid ${paid}`)
  return broken
}

/** The steps of a delivered order, each at the earliest when the one before it was done. */
function brokenSteps(order: OrderRow): string[] {
  if (!order.driverId) return [`${order.id} was delivered by nobody`]
  const steps = [
    ['placed', order.placedAt],
    ['accepted', order.acceptedAt],
    ['assigned', order.assignedAt],
    ['at the merchant', order.atMerchantAt],
    ['picked up', order.pickedUpAt],
    ['at the door', order.atCustomerAt],
    ['delivered', order.endedAt],
  ] as const
  const broken: string[] = []
  for (const [i, [name, atMs]] of steps.entries()) {
    if (atMs === null) broken.push(`${order.id} was never ${name}`)
    else if (i > 0 && atMs < steps[i - 1]![1]!) broken.push(`${order.id} was ${name} before it was ${steps[i - 1]![0]}`)
  }
  if ((order.readyAt ?? Infinity) > (order.pickedUpAt ?? 0)) broken.push(`${order.id} was picked up before it was ready`)
  return broken
}
