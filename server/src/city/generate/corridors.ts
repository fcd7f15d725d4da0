import { cutLine } from './draw-streets.ts'
import { box } from './landmarks.ts'
import type { Edge, Network } from './network.ts'
import type { MapSheet, OsmTags } from './osm.ts'
import { between, crossing, gap, lengthOf, type Point, pointAlong, simplify, step } from './plane.ts'
import type { Ramp } from './ramp.ts'
import type { Terrain } from './terrain.ts'

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

type Joint = { readonly at: number; readonly id: number }

/** Draws a line as ways, on bridges over the given spans, with given nodes as joints. */
function drawWithBridges(
  sheet: MapSheet,
  points: readonly Point[],
  tags: OsmTags,
  spans: readonly (readonly [number, number])[],
  joints: readonly Joint[],
): void {
  const whole = lengthOf(points)
  const merged: [number, number][] = []
  for (const [from, to] of [...spans].sort((x, y) => x[0] - y[0])) {
    const last = merged[merged.length - 1]
    if (last && from - last[1] < 40) last[1] = Math.max(last[1], to)
    else merged.push([Math.max(0, from), Math.min(whole, to)])
  }
  const stops = [...merged.flat(), ...joints.map((j) => j.at), whole].sort((x, y) => x - y)
  let at = 0
  let start = sheet.node(points[0]!)
  for (const to of stops) {
    if (to - at < 0.5) continue
    const joint = joints.find((j) => j.at === to)
    const line = cutLine(points, at, to).slice(1)
    const rest = line.slice(0, -1).map((p) => sheet.node(p))
    const end = joint?.id ?? sheet.node(line[line.length - 1]!)
    const middle = (at + to) / 2
    const bridge = merged.some(([from, until]) => middle > from && middle < until)
    sheet.way([start, ...rest, end], bridge ? { ...tags, bridge: 'yes', layer: '2' } : tags)
    start = end
    at = to
  }
}

function wetSpans(points: readonly Point[], terrain: Terrain): [number, number][] {
  const spans: [number, number][] = []
  let along = 0
  for (let i = 1; i < points.length; i++) {
    const l = gap(points[i - 1]!, points[i]!)
    const middle = between(points[i - 1]!, points[i]!, 0.5)
    if (terrain.river.dryness(middle) < 30 || terrain.railway.gapTo(middle) < 34) spans.push([along - 20, along + l + 20])
    along += l
  }
  return spans
}

/** Both carriageways of the motorway in the direction they are driven, the first with the line, the second against it. */
export function carriageways(terrain: Terrain): readonly [Point[], Point[]] {
  const line = [...terrain.motorway.points]
  return [beside(line, -9), beside(line, 9).reverse()]
}

/** Draws the motorway: two carriageways that pass over every road, and the ramps that tie them to the town. */
export function drawMotorway(
  sheet: MapSheet,
  network: Network,
  terrain: Terrain,
  ramps: readonly Ramp[],
  idOf: (node: number) => number,
): void {
  carriageways(terrain).forEach((points, carriageway) => {
    const spans = passingsOf(points, network, (p) => terrain.motorway.gapTo(p) < 250).map(({ at }): [number, number] => [
      at - 22,
      at + 22,
    ])
    const joints: Joint[] = []
    for (const ramp of ramps.filter((r) => r.carriageway === carriageway)) {
      const id = sheet.node(pointAlong(points, ramp.at))
      joints.push({ at: ramp.at, id })
      const inner = ramp.points.slice(1, -1).map((p) => sheet.node(p))
      const refs = ramp.leaving ? [id, ...inner, idOf(ramp.node)] : [idOf(ramp.node), ...inner, id]
      sheet.way(refs, { highway: 'motorway_link', oneway: 'yes', maxspeed: '60', surface: 'asphalt' })
    }
    const tags = {
      highway: 'motorway',
      ref: 'A27',
      name: 'Autoestrada do Talva',
      oneway: 'yes',
      lanes: '2',
      maxspeed: '120',
      surface: 'asphalt',
    }
    drawWithBridges(sheet, points, tags, [...spans, ...wetSpans(points, terrain)], joints)
  })
}

/** Where on the line the town's station stands: near the square, in the middle of a stretch that no road crosses. */
export function stationSpot(terrain: Terrain, network: Network): { readonly at: Point; readonly angle: number } {
  const line = terrain.railway.points
  const stops = passingsOf(line, network, (p) => terrain.railway.gapTo(p) < 80).map(({ at }) => at)
  let best: Point = line[0]!
  let least = Infinity
  stops.forEach((from, i) => {
    const to = stops[i + 1]
    if (to === undefined || to - from < 330) return
    const p = pointAlong(line, (from + to) / 2)
    const cost = gap(p, [0, 0]) - Math.min(500, to - from) * 0.8
    if (cost < least) {
      least = cost
      best = p
    }
  })
  return { at: best, angle: terrain.railway.direction(best) }
}

/** The ground of the station, on which nothing else is built. */
export function stationGround(terrain: Terrain, network: Network): Point[] {
  const { at, angle } = stationSpot(terrain, network)
  return box(at, angle, 320, 64)
}

/** Draws both tracks of the railway, and the station with its sidings, platforms and hall. */
export function drawRailway(sheet: MapSheet, network: Network, terrain: Terrain, town: string): void {
  const points = [...terrain.railway.points]
  const rail = { railway: 'rail', name: 'Linha do Talva', usage: 'main', electrified: 'contact_line', gauge: '1668' }
  for (const off of [2.4, -2.4]) sheet.line(simplify(beside(points, off), 0.6), rail)
  const { at, angle } = stationSpot(terrain, network)
  const off = (along: number, across: number): Point => step(step(at, angle, along), angle + Math.PI / 2, across)
  sheet.area(box(at, angle, 310, 58), { landuse: 'railway' })
  for (const across of [14, 19])
    sheet.line([off(-150, 3), off(-105, across), off(105, across), off(150, 3)], { railway: 'rail', service: 'siding' })
  for (const across of [8.2, -7.6])
    sheet.area(box(off(0, across), angle, 150, 5.4), { railway: 'platform', public_transport: 'platform' })
  sheet.area(box(off(0, -19), angle, 76, 14), { building: 'train_station', name: `Estação de ${town}` })
  sheet.node(at, { railway: 'station', public_transport: 'station', name: town })
}
