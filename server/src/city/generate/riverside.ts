import type { Network } from './network.ts'
import type { MapSheet } from './osm.ts'
import { gap, type Point, step } from './plane.ts'
import type { Terrain } from './terrain.ts'
import type { Street } from './trace-streets.ts'

/** How far the promenade keeps from the bank, metres. */
const BANK_M = 7

/** Draws a path for walking and cycling between each quay road and the water, tied to the quay at its crossings. */
export function drawPromenades(
  sheet: MapSheet,
  network: Network,
  streets: readonly Street[],
  terrain: Terrain,
  idOf: (node: number) => number,
): void {
  for (const side of [1, -1] as const) {
    const quay = streets.findIndex((s) => s.planned === (side > 0 ? 'quay' : 'far quay'))
    const on = new Set(network.edges.filter((e) => e.street === quay).flatMap((e) => [e.a, e.b]))
    const ties = [...on]
      .map((n) => ({ n, u: terrain.river.along(network.nodes[n]!) }))
      .filter(({ u }) => u > -2300 && u < 2300)
      .sort((x, y) => x.u - y.u)
      .filter((tie, i, all) => i === 0 || i === all.length - 1 || tie.u - all[i - 1]!.u > 40)
    if (ties.length < 2) continue
    const path: { p: Point; id: number; u: number }[] = []
    for (let u = ties[0]!.u; u <= ties[ties.length - 1]!.u; u += 30) {
      const p = step(terrain.river.at(u), terrain.river.flow(u) + (side * Math.PI) / 2, terrain.river.half(u) + BANK_M)
      path.push({ p, id: sheet.node(p), u })
    }
    sheet.way(
      path.map(({ id }) => id),
      {
        highway: 'cycleway',
        foot: 'designated',
        bicycle: 'designated',
        segregated: 'no',
        name: 'Ecovia do Talva',
        surface: 'paving_stones',
      },
    )
    let last = -Infinity
    for (const { n } of ties) {
      const p = network.nodes[n]!
      const near = path.reduce((best, q) => (gap(q.p, p) < gap(best.p, p) ? q : best))
      if (near.u - last < 260) continue
      last = near.u
      sheet.way([idOf(n), near.id], { highway: 'footway', bicycle: 'yes' })
    }
  }
}
