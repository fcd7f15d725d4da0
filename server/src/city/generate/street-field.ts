import type { Rng } from '@doorstep/shared/domain'
import { spread } from './chance.ts'
import type { Point } from './plane.ts'
import { GROUND_M, type Terrain } from './terrain.ts'

/** Radius of the walled old town, metres. */
export const OLD_TOWN_M = 400

/**
 * The direction streets like to run at a point, in radians, meaningful modulo pi; cross streets run at right angles to it.
 * After Chen et al., "Interactive Procedural Street Modeling" (2008): streets are traced along a smooth blend of grids, a
 * radial core and the banks, which gives long through-streets that meet squarely.
 */
export type StreetField = (p: Point) => number

type Pull = { readonly at: Point; readonly angle: number; readonly reach: number; readonly weight: number }

const CELL = 80

/** The blend of all pulls, sampled once on a lattice and read between its points. */
export function streetField(rng: Rng, terrain: Terrain): StreetField {
  const pulls: Pull[] = []
  for (let i = 0; i < 26; i++) {
    const a = spread(rng, 0, 2 * Math.PI)
    const d = 900 + 3000 * Math.sqrt(rng())
    const at: Point = [Math.cos(a) * d, Math.sin(a) * d]
    pulls.push({
      at,
      angle: a + Math.PI / 2 + spread(rng, -0.55, 0.55),
      reach: spread(rng, 420, 800),
      weight: spread(rng, 0.8, 1.9),
    })
  }
  for (const v of terrain.villages) pulls.push({ at: v.at, angle: spread(rng, 0, Math.PI), reach: v.radius * 1.2, weight: 1.4 })
  const n = Math.ceil((2 * GROUND_M) / CELL) + 2
  const cos = new Float64Array(n * n)
  const sin = new Float64Array(n * n)
  for (let j = 0; j < n; j++)
    for (let i = 0; i < n; i++) {
      const [x, y] = blend([i * CELL - GROUND_M, j * CELL - GROUND_M], terrain, pulls)
      cos[j * n + i] = x
      sin[j * n + i] = y
    }
  return (p) => {
    const fx = Math.min(n - 2, Math.max(0, (p[0] + GROUND_M) / CELL))
    const fy = Math.min(n - 2, Math.max(0, (p[1] + GROUND_M) / CELL))
    const at = Math.floor(fy) * n + Math.floor(fx)
    const [u, v] = [fx % 1, fy % 1]
    const read = (of: Float64Array): number =>
      ((of[at] ?? 0) * (1 - u) + (of[at + 1] ?? 0) * u) * (1 - v) + ((of[at + n] ?? 0) * (1 - u) + (of[at + n + 1] ?? 0) * u) * v
    const d2 = p[0] * p[0] + p[1] * p[1]
    const lanes = 0.75 * Math.exp(-d2 / OLD_TOWN_M ** 2) * terrain.noise(p[0] / 105, p[1] / 105, 32)
    return Math.atan2(read(sin), read(cos)) / 2 + lanes
  }
}

function blend(p: Point, terrain: Terrain, pulls: readonly Pull[]): readonly [number, number] {
  let x = 0
  let y = 0
  const add = (angle: number, weight: number): void => {
    x += Math.cos(2 * angle) * weight
    y += Math.sin(2 * angle) * weight
  }
  const d2 = p[0] * p[0] + p[1] * p[1]
  const around = Math.atan2(p[1], p[0]) + Math.PI / 2
  add(
    around + 0.35 * terrain.noise(p[0] / 900, p[1] / 900, 31),
    0.42 + 1.5 * Math.exp(-d2 / 800 ** 2) - 1.7 * Math.exp(-d2 / 260 ** 2),
  )
  const dry = terrain.river.dryness(p)
  add(terrain.river.angle + 0.5, 1.2 * Math.exp(-d2 / 280 ** 2))
  add(terrain.river.flow(terrain.river.along(p)), 3.2 * Math.exp(-((Math.max(0, dry) / 300) ** 2)))
  const rail = terrain.railway.gapTo(p)
  if (rail < 900) add(terrain.railway.direction(p), 1.6 * Math.exp(-((rail / 230) ** 2)))
  const motorway = terrain.motorway.gapTo(p)
  if (motorway < 1200) add(terrain.motorway.direction(p), 1.8 * Math.exp(-((motorway / 320) ** 2)))
  for (const pull of pulls) {
    const far = ((p[0] - pull.at[0]) ** 2 + (p[1] - pull.at[1]) ** 2) / pull.reach ** 2
    if (far < 7) add(pull.angle, pull.weight * Math.exp(-far))
  }
  return [x, y]
}
