import { crossing, gap, type Point, simplify, step, turn } from './plane.ts'
import { type SpatialGrid, spatialGrid } from './spatial-grid.ts'
import type { StreetField } from './street-field.ts'

/** What a street is for, in OpenStreetMap's words. */
export type RoadClass = 'primary' | 'secondary' | 'tertiary' | 'unclassified' | 'residential' | 'pedestrian' | 'footway'

/** Rank of a road, 0 the greatest: where two cannot both stay, the lesser goes. */
export const RANK: Readonly<Record<RoadClass, number>> = {
  primary: 0,
  secondary: 1,
  tertiary: 2,
  unclassified: 3,
  residential: 4,
  pedestrian: 4,
  footway: 5,
}

/** A street as first drawn, before crossings are worked out. `family` 0 runs with the field, 1 across it. */
export type Street = {
  readonly points: readonly Point[]
  readonly kind: RoadClass
  readonly family: 0 | 1
  readonly planned?: string
}

type Sample = { readonly p: Point; readonly angle: number; readonly street: number }
type Piece = { readonly a: Point; readonly b: Point; readonly street: number }

/** All streets drawn so far and quick questions about them. */
export type StreetPlan = {
  readonly streets: Street[]
  add(street: Street): void
  /** Whether a street running in about the same direction passes within `reach` metres. */
  crowded(p: Point, angle: number, reach: number): boolean
  /** The first drawn street that the step from `a` to `b` crosses. */
  hit(a: Point, b: Point): { readonly at: Point; readonly kind: RoadClass } | undefined
}

/** Two directions nearer than this (35 degrees) count as the same for spacing. */
const ALIKE = 0.61

/** An empty plan. */
export function streetPlan(): StreetPlan {
  const streets: Street[] = []
  const samples: SpatialGrid<Sample> = spatialGrid(100)
  const pieces: SpatialGrid<Piece> = spatialGrid(60)
  return {
    streets,
    add: (drawn) => {
      const index = streets.length
      const street = { ...drawn, points: simplify(drawn.points, 0.9) }
      streets.push(street)
      for (let i = 1; i < street.points.length; i++) {
        const a = street.points[i - 1]!
        const b = street.points[i]!
        pieces.addSegment(a, b, 0, { a, b, street: index })
        const angle = Math.atan2(b[1] - a[1], b[0] - a[0])
        const n = Math.max(1, Math.round(gap(a, b) / 15))
        for (let k = 0; k < n; k++)
          samples.add(step(a, angle, (gap(a, b) * k) / n), { p: step(a, angle, (gap(a, b) * k) / n), angle, street: index })
      }
    },
    crowded: (p, angle, reach) => {
      let found = false
      samples.each(p, reach, (s) => {
        if (!found && gap(s.p, p) < reach) {
          const t = turn(s.angle, angle)
          found = t < ALIKE || t > Math.PI - ALIKE
        }
      })
      return found
    },
    hit: (a, b) => {
      let best: { at: Point; kind: RoadClass } | undefined
      let nearest = 2
      pieces.each(a, gap(a, b) + 1, (piece) => {
        const cut = crossing(a, b, piece.a, piece.b)
        if (cut && cut[0] < nearest && cut[0] > 0.02) {
          nearest = cut[0]
          best = { at: [a[0] + (b[0] - a[0]) * cut[0], a[1] + (b[1] - a[1]) * cut[0]], kind: streets[piece.street]!.kind }
        }
      })
      return best
    },
  }
}

/** How far a traced street may go and what ends it. */
export type TraceRules = {
  readonly stepM: number
  readonly maxM: number
  /** False ends the street here. */
  allowed(p: Point, travelled: number): boolean
  /** Closest a street of the same direction may come, metres. */
  keepAway(p: Point): number
  /** Whether to end in a T at a street just met. */
  stopAt(kind: RoadClass): boolean
}

/** Follows the field from `start` one way (`heading` 1 or -1) and returns the points after the start. */
export function traceOneWay(
  plan: StreetPlan,
  field: StreetField,
  start: Point,
  family: 0 | 1,
  heading: 1 | -1,
  rules: TraceRules,
): Point[] {
  const out: Point[] = []
  let p = start
  let angle = field(p) + (family * Math.PI) / 2 + (heading === 1 ? 0 : Math.PI)
  for (let far = 0; far < rules.maxM; far += rules.stepM) {
    const first = align(field(p) + (family * Math.PI) / 2, angle)
    const middle = step(p, first, rules.stepM / 2)
    angle = align(field(middle) + (family * Math.PI) / 2, first)
    const next = step(p, angle, rules.stepM)
    const met = plan.hit(p, next)
    if (met && rules.stopAt(met.kind)) {
      out.push(met.at)
      return out
    }
    if (!rules.allowed(next, far) || plan.crowded(next, angle, rules.keepAway(next))) return out
    out.push(next)
    p = next
  }
  return out
}

function align(angle: number, heading: number): number {
  return turn(angle, heading) > Math.PI / 2 ? angle + Math.PI : angle
}

/** A street through `start` both ways; undefined when shorter than `minM`. */
export function traceThrough(
  plan: StreetPlan,
  field: StreetField,
  start: Point,
  family: 0 | 1,
  rules: TraceRules,
  minM: number,
): Point[] | undefined {
  const ahead = traceOneWay(plan, field, start, family, 1, rules)
  const behind = traceOneWay(plan, field, start, family, -1, rules)
  if ((ahead.length + behind.length) * rules.stepM < minM) return undefined
  return [...behind.reverse(), start, ...ahead]
}
