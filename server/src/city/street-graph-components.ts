import type { Vehicle } from '@doorstep/shared/domain'
import type { StreetGraph } from './street-graph-types.ts'

/**
 * Marks the largest strongly connected component of the streets open to a vehicle (Tarjan 1972, with a stack of its own,
 * since a city is deeper than the call stack): from anywhere inside it one can ride anywhere else and back.
 */
export function largestComponent(graph: StreetGraph, vehicle: Vehicle): Uint8Array {
  const { first, head } = graph
  const seconds = graph.seconds[vehicle]
  const count = first.length - 1
  const order = new Uint32Array(count)
  const low = new Uint32Array(count)
  const onStack = new Uint8Array(count)
  const component = new Int32Array(count).fill(-1)
  const nextEdge = first.slice(0, count)
  const path: number[] = []
  const pending: number[] = []
  const sizes: number[] = []
  let clock = 0
  const enter = (v: number) => {
    order[v] = low[v] = ++clock
    path.push(v)
    pending.push(v)
    onStack[v] = 1
  }
  const close = (v: number) => {
    let size = 0
    for (let member = -1; member !== v; size++) {
      member = pending.pop()!
      onStack[member] = 0
      component[member] = sizes.length
    }
    sizes.push(size)
  }
  for (let root = 0; root < count; root++) {
    if (order[root] !== 0) continue
    enter(root)
    while (path.length > 0) {
      const v = path.at(-1)!
      const e = nextEdge[v]!
      if (e < first[v + 1]!) {
        nextEdge[v] = e + 1
        const to = head[e]!
        if (seconds[e] === Number.POSITIVE_INFINITY) continue
        if (order[to] === 0) enter(to)
        else if (onStack[to] === 1) low[v] = Math.min(low[v]!, order[to]!)
        continue
      }
      path.pop()
      const parent = path.at(-1)
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[v]!)
      if (low[v] === order[v]) close(v)
    }
  }
  const largest = sizes.indexOf(sizes.reduce((a, b) => Math.max(a, b), 0))
  return Uint8Array.from(component, (c) => (c === largest ? 1 : 0))
}
