import type { Rng } from '@doorstep/shared/domain'
import { spread } from './chance.ts'
import { gap, type Point, step } from './plane.ts'
import { OLD_TOWN_M, type StreetField } from './street-field.ts'
import { GROUND_M, type Terrain } from './terrain.ts'
import { type RoadClass, type StreetPlan, type TraceRules, traceOneWay, traceThrough } from './trace-streets.ts'

/** Distance of the quay road's middle from the bank, metres. */
export const QUAY_M = 24

type Bridge = { readonly along: number; readonly kind: RoadClass; readonly leaves: boolean }

function withinGround(p: Point): boolean {
  return Math.abs(p[0]) < GROUND_M && Math.abs(p[1]) < GROUND_M
}

/** Bridges first: the avenues that cross the river are what a town grows along. */
function planBridges(rng: Rng): Bridge[] {
  return [
    { along: spread(rng, -2650, -2400), kind: 'secondary', leaves: true },
    { along: spread(rng, -1150, -1000), kind: 'primary', leaves: true },
    { along: spread(rng, -60, 80), kind: 'tertiary', leaves: false },
    { along: spread(rng, 880, 1020), kind: 'secondary', leaves: true },
    { along: spread(rng, 2600, 2800), kind: 'primary', leaves: true },
  ]
}

function layBridgeRoads(rng: Rng, plan: StreetPlan, terrain: Terrain, field: StreetField): void {
  for (const bridge of planBridges(rng)) {
    const middle = terrain.river.at(bridge.along)
    const half = terrain.river.half(bridge.along) + QUAY_M + 40
    const across = terrain.river.flow(bridge.along) + Math.PI / 2
    const ends = [step(middle, across, half), step(middle, across + Math.PI, half)] as const
    const rules: TraceRules = {
      stepM: 20,
      maxM: bridge.leaves ? 20_000 : 1500,
      allowed: (p, far) =>
        withinGround(p) &&
        terrain.river.dryness(p) > QUAY_M + 30 &&
        (bridge.leaves || terrain.density(p) > 0.1) &&
        (far < 600 || p[0] ** 2 + p[1] ** 2 > OLD_TOWN_M ** 2 || !bridge.leaves),
      keepAway: (p) => (terrain.density(p) > 0 ? 330 : 900),
      stopAt: () => false,
    }
    const north = away(plan, field, ends[0], across, rules)
    const south = away(plan, field, ends[1], across + Math.PI, rules)
    plan.add({ points: [...south.reverse(), ends[1], ends[0], ...north], kind: bridge.kind, family: 1, planned: 'bridge' })
  }
}

function away(plan: StreetPlan, field: StreetField, start: Point, direction: number, rules: TraceRules): Point[] {
  const heading = Math.cos(field(start) + Math.PI / 2 - direction) > 0 ? 1 : -1
  return traceOneWay(plan, field, start, 1, heading, rules)
}

function layQuays(plan: StreetPlan, terrain: Terrain): void {
  for (const side of [1, -1] as const) {
    const points: Point[] = []
    for (let u = -4400; u <= 4400; u += 40) {
      const p = terrain.river.at(u)
      const q = step(p, terrain.river.flow(u) + (side * Math.PI) / 2, terrain.river.half(u) + QUAY_M)
      const far = Math.sqrt(q[0] ** 2 + q[1] ** 2)
      if (far < (side > 0 ? 3500 : 3200)) points.push(q)
    }
    plan.add({ points, kind: side > 0 ? 'secondary' : 'tertiary', family: 0, planned: side > 0 ? 'quay' : 'far quay' })
  }
}

/** The boulevard where the walls stood: from quay to quay around the old town. */
function layBoulevard(plan: StreetPlan, terrain: Terrain): void {
  const points: Point[] = []
  for (let k = -42; k <= 222; k += 5) {
    const a = terrain.river.angle + (k * Math.PI) / 180
    const r = OLD_TOWN_M * (1 + 0.1 * terrain.noise(Math.cos(a) * 1.7, Math.sin(a) * 1.7, 41))
    const p = step([0, 0], a, r)
    if (terrain.river.side(p) > 0 && terrain.river.dryness(p) > QUAY_M + 35) points.push(p)
  }
  const quay = (u: number): Point =>
    step(terrain.river.at(u), terrain.river.flow(u) + Math.PI / 2, terrain.river.half(u) + QUAY_M)
  const toQuay = (p: Point): Point => {
    let best = quay(terrain.river.along(p))
    for (let du = -400; du <= 400; du += 8) {
      const q = quay(terrain.river.along(p) + du)
      if (gap(q, p) < gap(best, p)) best = q
    }
    return best
  }
  const first = points[0]!
  const last = points[points.length - 1]!
  plan.add({ points: [toQuay(first), ...points, toQuay(last)], kind: 'secondary', family: 0, planned: 'boulevard' })
}

/** More avenues outwards where bridges left none, the longest of which leave town. */
function layRadials(rng: Rng, plan: StreetPlan, terrain: Terrain, field: StreetField): void {
  let leaving = 0
  const first = spread(rng, 0, 1)
  for (let i = 0; i < 40; i++) {
    const a = (i / 40 + first) * 2 * Math.PI
    const r = i % 2 ? 1300 : 2100
    const start = step([0, 0], a, r)
    if (terrain.river.dryness(start) < 150 || plan.crowded(start, field(start) + Math.PI / 2, 640)) continue
    const leaves = leaving < 4
    const rules: TraceRules = {
      stepM: 20,
      maxM: 16_000,
      allowed: (p) =>
        withinGround(p) &&
        p[0] ** 2 + p[1] ** 2 > (OLD_TOWN_M * 0.85) ** 2 &&
        terrain.river.dryness(p) > QUAY_M - 12 &&
        (leaves || terrain.density(p) > 0.06),
      keepAway: (p) => (terrain.density(p) > 0.05 ? 300 : 1100),
      stopAt: () => false,
    }
    const points = traceThrough(plan, field, start, 1, rules, 900)
    if (!points) continue
    plan.add({ points, kind: leaving % 2 === 0 ? 'primary' : 'secondary', family: 1 })
    leaving++
  }
}

/** Roads around the town that tie the avenues together. */
function layRings(plan: StreetPlan, terrain: Terrain, field: StreetField): void {
  const north = terrain.river.angle + Math.PI / 2
  for (const [r, kind, angles] of [
    [1250, 'secondary', [0, 0.8, -0.8, Math.PI]],
    [2250, 'primary', [0.2, -0.9, 1.1, Math.PI - 0.4, Math.PI + 0.5]],
    [3000, 'tertiary', [0.5, -0.5, Math.PI]],
  ] as const)
    for (const a of angles) {
      const start = step([0, 0], north + a, r)
      if (terrain.river.dryness(start) < 120 || terrain.density(start) < 0.1 || plan.crowded(start, field(start), 480)) continue
      const rules: TraceRules = {
        stepM: 20,
        maxM: 5200,
        allowed: (p) => terrain.density(p) > 0.06 && terrain.river.dryness(p) > QUAY_M + 60,
        keepAway: () => 330,
        stopAt: () => false,
      }
      const points = traceThrough(plan, field, start, 0, rules, 900)
      if (points) plan.add({ points, kind, family: 0 })
    }
}

/** Country roads between villages and the nearest great road. */
function layCountryRoads(plan: StreetPlan, terrain: Terrain, field: StreetField): void {
  for (const village of terrain.villages)
    for (const family of [0, 1] as const) {
      const rules: TraceRules = {
        stepM: 25,
        maxM: 7500,
        allowed: (p) => withinGround(p) && terrain.river.dryness(p) > 60,
        keepAway: (p) => (terrain.density(p) > 0 ? 130 : 400),
        stopAt: (kind) => kind === 'primary' || kind === 'secondary' || kind === 'tertiary',
      }
      const points = traceThrough(plan, field, village.at, family, rules, 700)
      if (points) plan.add({ points, kind: family === 0 ? 'tertiary' : 'unclassified', family, planned: 'country' })
    }
}

/** Lays bridges, quays, boulevard, avenues, rings and country roads, in that order. */
export function layMainRoads(rng: Rng, plan: StreetPlan, terrain: Terrain, field: StreetField): void {
  layBridgeRoads(rng, plan, terrain, field)
  layQuays(plan, terrain)
  layBoulevard(plan, terrain)
  layRadials(rng, plan, terrain, field)
  layRings(plan, terrain, field)
  layCountryRoads(plan, terrain, field)
}
