import type { Rng } from '@doorstep/shared/domain'
import { shuffled, spread } from './chance.ts'
import type { Face } from './faces.ts'
import { centreOf, gap, type Point } from './plane.ts'
import { OLD_TOWN_M } from './street-field.ts'
import type { Terrain } from './terrain.ts'

/** What a district is given over to. */
export type Use =
  | 'homes'
  | 'park'
  | 'hospital'
  | 'university'
  | 'stadium'
  | 'industry'
  | 'retail'
  | 'cemetery'
  | 'allotments'
  | 'fields'
/** How homes stand in it. */
export type Fabric = 'core' | 'apartments' | 'terrace' | 'row' | 'detached' | 'estate'

/** The land between greater roads: one use, one way of building, one grain of streets. */
export type District = {
  readonly id: number
  readonly face: Face
  readonly centre: Point
  readonly density: number
  use: Use
  fabric: Fabric
  /** Distance between streets of each family, metres. */
  spacing: readonly [number, number]
  /** How its streets are turned against the town's field, radians. */
  readonly twist: number
}

/** Distance between streets of each family by fabric, metres. */
export const GRAIN: Readonly<Record<Fabric, readonly [number, number]>> = {
  core: [46, 64],
  apartments: [74, 118],
  terrace: [64, 138],
  row: [70, 150],
  detached: [88, 165],
  estate: [150, 190],
}

/** How homes stand where greater roads enclose no district. */
export function looseFabric(distance: number, density: number): Fabric {
  if (distance < OLD_TOWN_M) return 'core'
  return density > 0.6 ? 'apartments' : density > 0.4 ? 'terrace' : density > 0.24 ? 'row' : 'detached'
}

function fabricFor(rng: Rng, d: number, density: number): Fabric {
  if (d < OLD_TOWN_M) return 'core'
  if (density > 0.62) return rng() < 0.7 ? 'apartments' : 'terrace'
  if (density > 0.4) return rng() < 0.5 ? 'terrace' : rng() < 0.35 ? 'estate' : 'row'
  if (density > 0.22) return rng() < 0.2 ? 'estate' : rng() < 0.5 ? 'row' : 'detached'
  return 'detached'
}

/** Divides the town into districts by the blocks of its greater roads and decides what stands where. */
export function layDistricts(rng: Rng, faces: readonly Face[], terrain: Terrain): District[] {
  const districts: District[] = []
  for (const face of faces) {
    const centre = centreOf(face.ring)
    const density = terrain.density(centre)
    if (face.area < 3000 || face.area > 900_000 || density < 0.02 || terrain.river.dryness(centre) < 0) continue
    const d = gap(centre, [0, 0])
    const fabric = fabricFor(rng, d, density)
    const [a, b] = GRAIN[fabric]
    const flip = rng() < 0.35
    const k = spread(rng, 0.9, 1.14)
    districts.push({
      id: districts.length + 1,
      face,
      centre,
      density,
      use: 'homes',
      fabric,
      spacing: flip ? [b * k, a * k] : [a * k, b * k],
      twist: d < 500 ? 0 : spread(rng, -0.2, 0.2),
    })
  }
  assignUses(rng, districts, terrain)
  return districts
}

type Wish = {
  readonly use: Use
  readonly count: number
  readonly area: readonly [number, number]
  readonly density: readonly [number, number]
  readonly apart: number
}

const WISHES: readonly Wish[] = [
  { use: 'park', count: 1, area: [60_000, 240_000], density: [0.5, 0.8], apart: 0 },
  { use: 'university', count: 1, area: [60_000, 200_000], density: [0.42, 0.7], apart: 700 },
  { use: 'hospital', count: 1, area: [40_000, 150_000], density: [0.35, 0.65], apart: 700 },
  { use: 'stadium', count: 1, area: [40_000, 140_000], density: [0.25, 0.55], apart: 700 },
  { use: 'park', count: 6, area: [22_000, 170_000], density: [0.15, 0.7], apart: 850 },
  { use: 'cemetery', count: 2, area: [22_000, 110_000], density: [0.12, 0.42], apart: 1500 },
  { use: 'allotments', count: 4, area: [15_000, 120_000], density: [0.08, 0.4], apart: 900 },
  { use: 'retail', count: 3, area: [30_000, 150_000], density: [0.1, 0.4], apart: 1500 },
]

function assignUses(rng: Rng, districts: readonly District[], terrain: Terrain): void {
  const order = shuffled(rng, districts)
  const works = order.find(
    (d) =>
      d.density > 0.12 && d.density < 0.42 && (terrain.railway.gapTo(d.centre) < 400 || terrain.motorway.gapTo(d.centre) < 700),
  )
  const yards = order.find(
    (d) =>
      d.density > 0.12 &&
      d.density < 0.4 &&
      terrain.motorway.gapTo(d.centre) < 900 &&
      (!works || gap(d.centre, works.centre) > 1800),
  )
  for (const [middle, reach] of [
    [works, 900],
    [yards, 650],
  ] as const)
    if (middle)
      for (const d of districts)
        if (gap(d.centre, middle.centre) < reach && d.density < 0.45) {
          d.use = 'industry'
          d.spacing = [170, 230]
        }
  for (const wish of WISHES) {
    let given = 0
    for (const d of order) {
      if (given >= wish.count) break
      const fits = d.use === 'homes' && d.face.area > wish.area[0] && d.face.area < wish.area[1]
      if (!fits || d.density < wish.density[0] || d.density > wish.density[1] || gap(d.centre, [0, 0]) < 480) continue
      if (districts.some((o) => o.use === wish.use && gap(o.centre, d.centre) < wish.apart)) continue
      d.use = wish.use
      given++
    }
  }
}

/** Whether ordinary streets may be built through a district of this use. */
export function isBuiltThrough(use: Use): boolean {
  return use === 'homes' || use === 'industry'
}
