import type { Rng } from '@doorstep/shared/domain'
import { spread } from './chance.ts'
import { soften } from './contour.ts'
import type { District } from './districts.ts'
import type { Network } from './network.ts'
import type { MapSheet } from './osm.ts'
import { areaOf, between, gap, gapToSegment, insideRing, type Point } from './plane.ts'

/** Crossings of the network on the rim of a ring, at least `apart` metres from each other. */
function gates(network: Network, ring: readonly Point[], apart: number): number[] {
  const out: number[] = []
  const used = new Set(network.edges.flatMap((e) => [e.a, e.b]))
  const span = Math.max(...ring.map((q) => gap(q, ring[0]!))) + 10
  for (const n of used) {
    const p = network.nodes[n]!
    if (gap(p, ring[0]!) > span) continue
    const far = ring.some((a, i) => gapToSegment(p, a, ring[(i + 1) % ring.length]!) < 7)
    if (far && out.every((o) => gap(network.nodes[o]!, p) > apart)) out.push(n)
  }
  return out
}

function thinned(ring: readonly Point[], spacing: number): Point[] {
  const out: Point[] = []
  for (const p of ring) if (out.length === 0 || gap(out[out.length - 1]!, p) > spacing) out.push(p)
  return out
}

/** Draws paths through parks, cemeteries, allotments and campuses, entered from the streets around them; ponds and groves in the large. */
export function drawParks(
  rng: Rng,
  sheet: MapSheet,
  network: Network,
  idOf: (node: number) => number,
  districts: readonly District[],
): void {
  for (const { use, face, centre } of districts) {
    if (use !== 'park' && use !== 'cemetery' && use !== 'allotments' && use !== 'university' && use !== 'hospital') continue
    const share = use === 'park' ? spread(rng, 0.5, 0.64) : 0.55
    const rough = thinned(face.ring, 30).map((p) => between(centre, p, share * spread(rng, 0.9, 1.1)))
    if (rough.length < 5) continue
    const loop = use === 'park' ? soften(soften(rough)) : soften(rough)
    const kind =
      use === 'hospital' ? { highway: 'service' } : { highway: use === 'park' ? 'footway' : 'path', surface: 'compacted' }
    const ids = loop.map((p) => sheet.node(p))
    sheet.way([...ids, ids[0]!], kind)
    const nearestOnLoop = (p: Point): number => loop.reduce((best, q, i) => (gap(q, p) < gap(loop[best]!, p) ? i : best), 0)
    for (const gate of gates(network, face.ring, 95)) {
      const p = network.nodes[gate]!
      const to = nearestOnLoop(p)
      sheet.way([idOf(gate), sheet.node(between(between(p, loop[to]!, 0.5), centre, spread(rng, -0.05, 0.08))), ids[to]!], kind)
    }
    if (use === 'park' && Math.abs(areaOf(face.ring)) > 45_000) drawPond(rng, sheet, centre, rough)
    const half = Math.floor(ids.length / 2)
    for (const start of use === 'park' ? [Math.floor(half * 0.3), Math.floor(half * 0.8)] : [1]) {
      const [a, b] = [loop[start]!, loop[(start + half) % loop.length]!]
      const bend = between(between(a, b, 0.5), centre, -0.6)
      const via = insideRing(bend, loop) ? bend : between(a, b, 0.5)
      sheet.way(
        [
          ids[start]!,
          ...[0.25, 0.5, 0.75].map((t) => sheet.node(between(between(a, via, t), between(via, b, t), t))),
          ids[(start + half) % ids.length]!,
        ],
        kind,
      )
    }
  }
}

function drawPond(rng: Rng, sheet: MapSheet, centre: Point, loop: readonly Point[]): void {
  const at = between(centre, loop[Math.floor(rng() * loop.length)]!, 0.5)
  const r = spread(rng, 20, 30)
  const ring = Array.from({ length: 22 }, (_, k): Point => {
    const a = (k / 22) * 2 * Math.PI
    const q = r * (1 + 0.22 * Math.sin(2 * a + 1) + 0.12 * Math.sin(3 * a))
    return [at[0] + Math.cos(a) * q * 1.4, at[1] + Math.sin(a) * q]
  })
  sheet.area(ring, { natural: 'water', water: 'pond' })
}
