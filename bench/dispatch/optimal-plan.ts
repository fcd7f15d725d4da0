import { type JointPolicy, priceRoutes, type Snapshot, type StopRef } from '@doorstep/server/planner'
import type { Highs } from './load-highs.ts'

interface Column {
  driver: number
  orders: readonly number[]
  cost: number
}

/**
 * The cheapest plan there is, for a handful of orders: every route of every driver is tried and priced as the planner
 * prices it, and HiGHS picks one per driver so that each order stands in one route or stays unplanned.
 */
export function optimalCost(highs: Highs, snapshot: Snapshot, policy: JointPolicy, nowMs: number): number {
  const columns = allRoutes(snapshot, policy, nowMs)
  const { orders, drivers } = snapshot
  const names = columns.map((_, i) => `x${i}`)
  const lines = ['Minimize', ` cost: ${sumOf(columns.map((column, i) => [column.cost, names[i]!]))}`, 'Subject To']
  for (const row of orders.keys()) {
    const holding = columns.flatMap((column, i) => (column.orders.includes(row) ? [[1, names[i]!] as const] : []))
    const terms: (readonly [number, string])[] = [...holding, [1, `u${row}`]]
    lines.push(` o${row}: ${sumOf(terms)} = 1`)
  }
  for (const row of drivers.keys()) {
    const own = columns.flatMap((column, i) => (column.driver === row ? [[1, names[i]!] as const] : []))
    if (own.length > 0) lines.push(` d${row}: ${sumOf(own)} <= 1`)
  }
  const leftOut = orders.map((order, row) => [policy.weights.unplanned * (1 + order.priority), `u${row}`] as const)
  lines[1] += ` ${sumOf(leftOut)}`
  lines.push('Binary', ` ${[...names, ...orders.map((_, row) => `u${row}`)].join('\n ')}`, 'End')
  const solution = highs.solve(lines.join('\n'))
  if (solution.Status !== 'Optimal') throw new Error(`HiGHS ended with ${solution.Status}`)
  return solution.ObjectiveValue
}

const sumOf = (terms: readonly (readonly [number, string])[]) => terms.map(([factor, name]) => `+ ${factor} ${name}`).join('\n ')

/** For each driver and each set of orders the cheapest order of stops. */
function allRoutes(snapshot: Snapshot, policy: JointPolicy, nowMs: number): Column[] {
  const prices = priceRoutes(snapshot, policy, nowMs)
  const columns: Column[] = []
  for (const [driver, { id }] of snapshot.drivers.entries()) {
    const best = new Map<number, number>()
    const grow = (stops: StopRef[], picked: number, dropped: number) => {
      if (picked === dropped && picked > 0) {
        const cost = prices.route(id, stops)
        if (cost < (best.get(picked) ?? Infinity)) best.set(picked, cost)
      }
      for (const [row, order] of snapshot.orders.entries()) {
        const bit = 1 << row
        const isAboard = (picked & bit) !== 0
        if (dropped & bit) continue
        const aboard = popCount(picked) - popCount(dropped)
        if (!isAboard && aboard >= policy.bundling.maxOrders) continue
        grow(
          [...stops, { orderId: order.id, kind: isAboard ? 'drop' : 'pickup' }],
          picked | bit,
          isAboard ? dropped | bit : dropped,
        )
      }
    }
    grow([], 0, 0)
    for (const [set, cost] of best)
      columns.push({ driver, orders: [...snapshot.orders.keys()].filter((row) => set & (1 << row)), cost })
  }
  return columns
}

function popCount(set: number): number {
  let count = 0
  for (let rest = set; rest > 0; rest &= rest - 1) count++
  return count
}
