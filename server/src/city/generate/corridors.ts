import { cutLine } from './draw-streets.ts'
import type { Edge, Network } from './network.ts'
import type { MapSheet, OsmTags } from './osm.ts'
import { between, crossing, gap, lengthOf, type Point, simplify, step } from './plane.ts'
import type { Corridor, Terrain } from './terrain.ts'

/** A polyline moved sideways (left of its direction when positive), metres. */
export function beside(points: readonly Point[], off: number): Point[] {
  return points.map((p, i) => {
    const a = points[Math.max(0, i - 1)]!
    const b = points[Math.min(points.length - 1, i + 1)]!
    return step(p, Math.atan2(b[1] - a[1], b[0] - a[0]) + Math.PI / 2, off)
  })
}

/** Where a street passes under or over a line. */
export type Passing = { readonly at: number; readonly edge: Edge; readonly p: Point }

/** Passings in order along a line; `isNear` keeps the search to streets close to it. */
export function passingsOf(points: readonly Point[], network: Network, isNear: (p: Point) => boolean): Passing[] {
  const out: Passing[] = []
  for (const edge of network.edges)
    for (let k = 1; k < edge.points.length; k++) {
      const [c, d] = [edge.points[k - 1]!, edge.points[k]!]
      if (!isNear(c) && !isNear(d)) continue
      let along = 0
      for (let i = 1; i < points.length; i++) {
        const [a, b] = [points[i - 1]!, points[i]!]
        const l = gap(a, b)
        const cut = crossing(a, b, c, d)
        if (cut) out.push({ at: along + l * cut[0], edge, p: between(a, b, cut[0]) })
        along += l
      }
    }
  return out.sort((x, y) => x.at - y.at)
}

/** Draws a line as ways, on bridges within `reach` of the given distances. */
function drawWithBridges(
  sheet: MapSheet,
  points: readonly Point[],
  tags: OsmTags,
  spans: readonly (readonly [number, number])[],
): void {
  const merged: [number, number][] = []
  for (const [from, to] of [...spans].sort((x, y) => x[0] - y[0])) {
    const last = merged[merged.length - 1]
    if (last && from - last[1] < 40) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  const whole = lengthOf(points)
  let at = 0
  let start = sheet.node(points[0]!)
  const piece = (to: number, extra: OsmTags): void => {
    const line = cutLine(points, at, to)
    const rest = line.slice(1).map((p) => sheet.node(p))
    sheet.way([start, ...rest], { ...tags, ...extra })
    start = rest[rest.length - 1]!
    at = to
  }
  for (const [from, to] of merged) {
    if (from > at + 1) piece(from, {})
    piece(Math.min(whole, to), { bridge: 'yes', layer: '2' })
  }
  if (at < whole - 1) piece(whole, {})
}

function wetSpans(points: readonly Point[], terrain: Terrain): [number, number][] {
  const spans: [number, number][] = []
  let along = 0
  for (let i = 1; i < points.length; i++) {
    const l = gap(points[i - 1]!, points[i]!)
    if (terrain.river.dryness(points[i]!) < 30) spans.push([along - 20, along + l + 20])
    along += l
  }
  return spans
}

/** Draws the motorway: two carriageways that pass over every road. */
export function drawMotorway(sheet: MapSheet, network: Network, terrain: Terrain): void {
  const line = [...terrain.motorway.points]
  for (const side of [1, -1] as const) {
    const points = side > 0 ? beside(line, 9).reverse() : beside(line, -9)
    const spans = passingsOf(points, network, (p) => terrain.motorway.gapTo(p) < 250).map(({ at }): [number, number] => [
      at - 22,
      at + 22,
    ])
    const tags = {
      highway: 'motorway',
      ref: 'A27',
      name: 'Autoestrada do Talva',
      oneway: 'yes',
      lanes: '2',
      maxspeed: '120',
      surface: 'asphalt',
    }
    drawWithBridges(sheet, points, tags, [...spans, ...wetSpans(points, terrain)])
  }
}

/** Draws both tracks of the railway. */
export function drawRailway(sheet: MapSheet, terrain: Terrain): void {
  const points = corridorLine(terrain.railway)
  for (const off of [2.4, -2.4])
    sheet.line(simplify(beside(points, off), 0.6), {
      railway: 'rail',
      name: 'Linha do Talva',
      usage: 'main',
      electrified: 'contact_line',
      gauge: '1668',
    })
}

function corridorLine(corridor: Corridor): Point[] {
  return [...corridor.points]
}
