import type { Rng } from '@doorstep/shared/domain'
import { edgesAtNodes } from './clean-network.ts'
import { middleOf, runsOf } from './name-streets.ts'
import type { Edge, Network } from './network.ts'
import { gap } from './plane.ts'

/** Nodes from which all others and to which all others can be driven: the largest strongly connected part (Kosaraju). */
export function strongNodes(network: Network): Set<number> {
  const ahead = new Map<number, number[]>()
  const behind = new Map<number, number[]>()
  const link = (map: Map<number, number[]>, from: number, to: number): void => {
    const list = map.get(from)
    if (list) list.push(to)
    else map.set(from, [to])
  }
  for (const edge of network.edges) {
    if (edge.kind === 'footway') continue
    link(ahead, edge.a, edge.b)
    link(behind, edge.b, edge.a)
    if (edge.oneway) continue
    link(ahead, edge.b, edge.a)
    link(behind, edge.a, edge.b)
  }
  const reach = (from: number, map: Map<number, number[]>, seen: Set<number>): number[] => {
    const done: number[] = []
    const stack: [number, number][] = [[from, 0]]
    seen.add(from)
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!
      const next = map.get(top[0])?.[top[1]++]
      if (next === undefined) {
        done.push(top[0])
        stack.pop()
      } else if (!seen.has(next)) {
        seen.add(next)
        stack.push([next, 0])
      }
    }
    return done
  }
  const seen = new Set<number>()
  const order: number[] = []
  for (const n of new Set([...ahead.keys(), ...behind.keys()]))
    if (!seen.has(n)) for (const d of reach(n, ahead, seen)) order.push(d)
  const taken = new Set<number>()
  let best: number[] = []
  for (const n of order.reverse()) {
    if (taken.has(n)) continue
    const part = reach(n, behind, taken)
    if (part.length > best.length) best = part
  }
  return new Set(best)
}

/** Makes some narrow streets one-way, never so that a place can no longer be reached or left. */
export function layOneWays(rng: Rng, network: Network): void {
  const at = edgesAtNodes(network)
  for (const run of runsOf(network).values()) {
    const kinds = run.every((e) => e.kind === 'residential')
    const through = at.get(run[0]!.a)!.length > 2 && at.get(run[run.length - 1]!.b)!.length > 2
    const d = gap(middleOf(run[0]!), [0, 0])
    if (!kinds || !through || rng() > (d < 1300 ? 0.42 : 0.13)) continue
    const backwards = rng() < 0.5
    for (const edge of run) {
      edge.oneway = true
      if (backwards) turnRound(edge)
    }
  }
  for (let i = 0; i < 12; i++) {
    const strong = strongNodes(network)
    const stuck = network.edges.filter((e) => e.oneway && !e.roundabout && (!strong.has(e.a) || !strong.has(e.b)))
    if (stuck.length === 0) return
    for (const edge of stuck) edge.oneway = false
  }
}

function turnRound(edge: Edge): void {
  const { a, b } = edge
  edge.a = b
  edge.b = a
  edge.points = [...edge.points].reverse()
}
