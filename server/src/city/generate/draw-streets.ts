import type { Edge, Network } from './network.ts'
import type { MapSheet, OsmTags } from './osm.ts'
import { gap, lengthOf, type Point, pointAlong } from './plane.ts'
import { OLD_TOWN_M } from './street-field.ts'
import type { Terrain } from './terrain.ts'
import type { RoadClass } from './trace-streets.ts'

const SPEED: Readonly<Record<RoadClass, string | undefined>> = {
  primary: '50',
  secondary: '50',
  tertiary: '50',
  unclassified: '50',
  residential: '30',
  pedestrian: undefined,
  footway: undefined,
}

/** Tags of a stretch of street. */
function tagsOf(edge: Edge, terrain: Terrain): OsmTags {
  const middle = edge.points[Math.floor(edge.points.length / 2)]!
  const out = edge.ref !== undefined
  const d = gap(middle, [0, 0])
  const lane = d < OLD_TOWN_M && edge.kind === 'residential'
  const tags: Record<string, string> = { highway: lane ? 'living_street' : edge.kind }
  if (edge.roundabout) tags['junction'] = 'roundabout'
  else if (edge.name) tags['name'] = edge.name
  if (edge.ref) tags['ref'] = edge.ref
  if (edge.oneway) tags['oneway'] = 'yes'
  const speed = out ? (edge.kind === 'primary' || edge.kind === 'secondary' ? '90' : '70') : lane ? '20' : SPEED[edge.kind]
  if (speed) tags['maxspeed'] = speed
  if (edge.kind === 'primary' && !out && !edge.roundabout) tags['lanes'] = '4'
  if (edge.kind === 'secondary' && !edge.oneway) tags['lanes'] = '2'
  tags['surface'] =
    d < OLD_TOWN_M * 1.1 && edge.kind !== 'secondary' ? 'sett' : terrain.density(middle) > 0 || out ? 'asphalt' : 'compacted'
  if (!out && edge.kind !== 'pedestrian' && !edge.roundabout) tags['sidewalk'] = 'both'
  return tags
}

/** Where along an edge the water is, widened by the abutments; undefined when it stays dry. */
function wetPart(
  points: readonly Point[],
  isOver: (p: Point) => boolean,
  abutmentM: number,
): readonly [number, number] | undefined {
  const l = lengthOf(points)
  let first: number | undefined
  let last = 0
  for (let s = 0; s <= l; s += 4)
    if (isOver(pointAlong(points, s))) {
      first ??= s
      last = s
    }
  return first === undefined ? undefined : [Math.max(0, first - abutmentM), Math.min(l, last + abutmentM)]
}

/** Cuts a polyline at distances along it, keeping its corners. */
export function cutLine(points: readonly Point[], from: number, to: number): Point[] {
  const out: Point[] = [pointAlong(points, from)]
  let s = 0
  for (let i = 1; i < points.length; i++) {
    s += gap(points[i - 1]!, points[i]!)
    if (s > from + 1 && s < to - 1) out.push(points[i]!)
  }
  out.push(pointAlong(points, to))
  return out
}

/** Draws the network as ways that share their crossings, with bridges over water and rail; returns the node id of each crossing. */
export function drawStreets(sheet: MapSheet, network: Network, terrain: Terrain): (node: number) => number {
  const ids = new Map<number, number>()
  const idOf = (n: number): number => {
    let id = ids.get(n)
    if (id === undefined) {
      id = sheet.node(network.nodes[n]!)
      ids.set(n, id)
    }
    return id
  }
  const isOver = (p: Point): boolean => terrain.river.dryness(p) < 2 || terrain.railway.gapTo(p) < 9
  let open: { refs: number[]; tags: OsmTags; key: string; end: number } | undefined
  const close = (): void => {
    if (open) sheet.way(open.refs, open.tags)
    open = undefined
  }
  const sorted = [...network.edges].sort((x, y) => x.street - y.street || x.order * (x.oneway ? 1 : 1) - y.order)
  for (const edge of sorted) {
    const tags = tagsOf(edge, terrain)
    const wet = wetPart(edge.points, isOver, 14)
    if (wet) {
      close()
      drawBridge(sheet, edge, tags, wet, idOf)
      continue
    }
    const key = JSON.stringify(tags) + edge.street
    const inner = edge.points.slice(1, -1).map((p) => sheet.node(p))
    if (open && open.key === key && open.end === edge.a && open.refs.length < 200) open.refs.push(...inner, idOf(edge.b))
    else {
      close()
      open = { refs: [idOf(edge.a), ...inner, idOf(edge.b)], tags, key, end: edge.b }
    }
    open.end = edge.b
  }
  close()
  return idOf
}

function drawBridge(
  sheet: MapSheet,
  edge: Edge,
  tags: OsmTags,
  wet: readonly [number, number],
  idOf: (n: number) => number,
): void {
  const l = lengthOf(edge.points)
  const from = wet[0] < 12 ? 0 : wet[0]
  const to = l - wet[1] < 12 ? l : wet[1]
  const inner = (points: readonly Point[]): number[] => points.slice(1, -1).map((p) => sheet.node(p))
  let start = idOf(edge.a)
  if (from > 0) {
    const head = sheet.node(pointAlong(edge.points, from))
    sheet.way([start, ...inner(cutLine(edge.points, 0, from)), head], tags)
    start = head
  }
  const end = to < l ? sheet.node(pointAlong(edge.points, to)) : idOf(edge.b)
  sheet.way([start, ...inner(cutLine(edge.points, from, to)), end], { ...tags, bridge: 'yes', layer: '1' })
  if (to < l) sheet.way([end, ...inner(cutLine(edge.points, to, l)), idOf(edge.b)], tags)
}
