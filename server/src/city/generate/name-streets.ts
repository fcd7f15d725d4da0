import type { Rng } from '@doorstep/shared/domain'
import { edgesAtNodes } from './clean-network.ts'
import type { District } from './districts.ts'
import type { Edge, Network } from './network.ts'
import { gap, lengthOf, type Point, pointAlong } from './plane.ts'
import type { Raster } from './raster.ts'
import { OLD_TOWN_M } from './street-field.ts'
import { type NameSetting, streetNamer } from './street-names.ts'
import type { Terrain } from './terrain.ts'
import { RANK, type Street } from './trace-streets.ts'

/** Longest a side street keeps one name, metres. */
const SIDE_STREET_M = 1300

/** The middle of an edge. */
export function middleOf(edge: Edge): Point {
  return pointAlong(edge.points, lengthOf(edge.points) / 2)
}

/** Edges of each street in order from its start. */
export function runsOf(network: Network): Map<number, Edge[]> {
  const runs = new Map<number, Edge[]>()
  for (const edge of network.edges) {
    const run = runs.get(edge.street)
    if (run) run.push(edge)
    else runs.set(edge.street, [edge])
  }
  for (const run of runs.values()) run.sort((x, y) => x.order - y.order)
  return runs
}

/** A main road that ends inside the town carries its rank only up to its last crossing with another main road. */
export function fadeMainRoads(network: Network): void {
  const at = edgesAtNodes(network)
  for (const run of runsOf(network).values())
    for (const ordered of [run, [...run].reverse()]) {
      const end = ordered === run ? run[0]!.a : run[run.length - 1]!.b
      if (at.get(end)!.length === 1 && RANK[ordered[0]!.kind] <= 1 && Math.max(...network.nodes[end]!.map(Math.abs)) > 9000)
        continue
      for (const edge of ordered) {
        const from = ordered === run ? edge.a : edge.b
        if (
          RANK[edge.kind] > 2 ||
          at.get(from)!.some((o) => o.street !== edge.street && RANK[o.kind] <= Math.max(1, RANK[edge.kind]))
        )
          break
        edge.kind = RANK[edge.kind] < 2 ? 'tertiary' : 'residential'
      }
    }
}

/** Names every street: one name as long as it runs on, another across the river, a road number out in the country. */
export function nameStreets(
  rng: Rng,
  network: Network,
  streets: readonly Street[],
  terrain: Terrain,
  districts: readonly District[],
  districtAt: Raster,
): void {
  const namer = streetNamer(rng)
  const at = edgesAtNodes(network)
  const fixed: Readonly<Record<string, string>> = {
    quay: 'Cais da Ribeira',
    'far quay': 'Cais do Outeiro',
    boulevard: 'Alameda das Muralhas',
    square: 'Praça da República',
  }
  let road = 231
  const refs = new Map<number, string>()
  for (const [s, run] of [...runsOf(network)].sort((x, y) => x[0] - y[0])) {
    const total = run.reduce((sum, e) => sum + lengthOf(e.points), 0)
    const planned = streets[s]?.planned
    const names = new Map<string, string>()
    const blind = at.get(run[0]!.a)!.length === 1 || at.get(run[run.length - 1]!.b)!.length === 1
    let along = 0
    for (const edge of run) {
      const middle = middleOf(edge)
      const out = terrain.density(middle) < 0.03 && gap(middle, [0, 0]) > 2400
      const main = RANK[streets[s]!.kind] <= 1
      const part = main
        ? `${terrain.river.side(middle) > 0}${out}`
        : `${Math.floor(along / (RANK[edge.kind] <= 3 ? 4000 : SIDE_STREET_M))}${out}`
      along += lengthOf(edge.points)
      if (out && RANK[edge.kind] <= 3) {
        if (!refs.has(s)) refs.set(s, main ? `N${(road += 4)}` : `M${500 + (road += 3)}`)
        const ref = refs.get(s)!
        edge.ref = ref
        edge.name = main ? `Estrada Nacional ${ref.slice(1)}` : `Estrada Municipal ${ref.slice(1)}`
        if (edge.kind === 'residential') edge.kind = 'unclassified'
        continue
      }
      if (!names.has(part))
        names.set(
          part,
          fixed[planned ?? ''] ?? namer(settingOf(edge, middle, total, blind, districts[districtAt.at(middle) - 1])),
        )
      edge.name = names.get(part)!
    }
  }
}

function settingOf(edge: Edge, middle: Point, total: number, blind: boolean, district: District | undefined): NameSetting {
  if (RANK[edge.kind] <= 1) return 'great'
  if (gap(middle, [0, 0]) < OLD_TOWN_M) return 'old'
  if (edge.kind === 'tertiary') return 'collector'
  if (district?.use === 'industry') return 'industrial'
  if (blind && total < 170) return 'dead-end'
  return total < 150 ? 'short' : 'small'
}
