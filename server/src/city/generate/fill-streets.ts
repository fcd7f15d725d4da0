import type { Rng } from '@doorstep/shared/domain'
import { shuffled, spread } from './chance.ts'
import { gap, type Point, step } from './plane.ts'
import type { StreetField } from './street-field.ts'
import { type RoadClass, type StreetPlan, type TraceRules, traceThrough } from './trace-streets.ts'

/** How one kind of street fills the land between those already there. */
export type Filling = {
  readonly kind: RoadClass
  readonly stepM: number
  readonly minM: number
  maxM(): number
  /** Wanted distance between neighbours of the same direction, metres; undefined where none may be. */
  spacing(p: Point, family: 0 | 1): number | undefined
  stopAt(kind: RoadClass): boolean
  /** Turns the field locally, radians. */
  twist(p: Point): number
}

/** Adds streets side by side from those already drawn until no room is left (Jobard and Lefer's evenly spaced streamlines). */
export function fillStreets(rng: Rng, plan: StreetPlan, field: StreetField, filling: Filling, reachM: number): void {
  const local: StreetField = (p) => field(p) + filling.twist(p)
  const queue: { p: Point; family: 0 | 1 }[] = []
  const seedsOf = (points: readonly Point[], family: 0 | 1): void => {
    let left = spread(rng, 10, 60)
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1]!, points[i]!]
      left -= gap(a, b)
      if (left > 0) continue
      left = spread(rng, 50, 90)
      const angle = Math.atan2(b[1] - a[1], b[0] - a[0])
      for (const side of [1, -1]) {
        const d = filling.spacing(a, family)
        if (d !== undefined) queue.push({ p: step(a, angle + (side * Math.PI) / 2, d * spread(rng, 1.0, 1.16)), family })
        queue.push({ p: step(a, angle + (side * Math.PI) / 2, 25), family: family === 0 ? 1 : 0 })
      }
    }
  }
  for (const street of plan.streets) seedsOf(street.points, street.family)
  const scattered: { p: Point; family: 0 | 1 }[] = []
  for (let x = -reachM; x < reachM; x += 140)
    for (let y = -reachM; y < reachM; y += 140) {
      const p: Point = [x + spread(rng, 0, 140), y + spread(rng, 0, 140)]
      scattered.push({ p, family: rng() < 0.5 ? 0 : 1 })
    }
  queue.push(...shuffled(rng, scattered))
  for (let i = 0; i < queue.length; i++) {
    const { p, family } = queue[i]!
    const wanted = filling.spacing(p, family)
    if (wanted === undefined) continue
    if (plan.crowded(p, local(p) + (family * Math.PI) / 2, wanted * 0.96)) continue
    const rules: TraceRules = {
      stepM: filling.stepM,
      maxM: filling.maxM() / 2,
      allowed: (q) => filling.spacing(q, family) !== undefined,
      keepAway: (q) => (filling.spacing(q, family) ?? 60) * 0.62,
      stopAt: filling.stopAt,
    }
    const points = traceThrough(plan, local, p, family, rules, filling.minM)
    if (!points) continue
    plan.add({ points, kind: filling.kind, family })
    seedsOf(points, family)
  }
}
