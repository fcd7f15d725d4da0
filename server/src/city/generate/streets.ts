import type { Rng } from '@doorstep/shared/domain'
import { cleanNetwork } from './clean-network.ts'
import { type District, GRAIN, isBuiltThrough, layDistricts, looseFabric } from './districts.ts'
import { facesOf } from './faces.ts'
import { fillStreets } from './fill-streets.ts'
import { joinDeadEnds } from './join-dead-ends.ts'
import { layMainRoads, QUAY_M } from './main-roads.ts'
import { meetStreets, type Network } from './network.ts'
import { gap, type Point } from './plane.ts'
import { type Raster, raster } from './raster.ts'
import { OLD_TOWN_M, streetField } from './street-field.ts'
import type { Terrain } from './terrain.ts'
import { type Street, streetPlan } from './trace-streets.ts'

/** How far the town and its villages reach from the square, metres. */
export const TOWN_M = 4600

/** The town's streets, the districts they make, and which district any place lies in (0 for none). */
export type StreetLayout = {
  readonly streets: readonly Street[]
  readonly network: Network
  readonly districts: readonly District[]
  readonly districtAt: Raster
  readonly square: readonly Point[]
}

function laySquare(rng: Rng): Point[] {
  const turn = rng() * 0.5 + 0.1
  const corners = [
    [-52, -34],
    [48, -38],
    [56, 33],
    [-46, 38],
  ] as const
  return corners.map(([x, y]) => [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)] as const)
}

/** Draws all streets: the great ones, the collectors, then the grain of each district, and cleans up where they meet. */
export function layStreets(rng: Rng, terrain: Terrain): StreetLayout {
  const field = streetField(rng, terrain)
  const great = streetPlan()
  layMainRoads(rng, great, terrain, field)
  const passable = (p: Point): boolean =>
    terrain.river.dryness(p) > QUAY_M - 8 && terrain.railway.gapTo(p) > 26 && terrain.motorway.gapTo(p) > 75
  fillStreets(
    rng,
    great,
    field,
    {
      kind: 'tertiary',
      stepM: 16,
      minM: 220,
      maxM: () => 900 + rng() * 1600,
      spacing: (p) => {
        const d = p[0] ** 2 + p[1] ** 2
        if (d < (OLD_TOWN_M * 0.98) ** 2 || !passable(p)) return undefined
        const density = terrain.density(p)
        return density < 0.13 ? undefined : 300 + 90 * (1 - density)
      },
      stopAt: (kind) => rng() < (kind === 'tertiary' ? 0.3 : 0.24),
      twist: () => 0,
    },
    TOWN_M,
  )
  const plan = streetPlan()
  for (const street of joinDeadEnds(great.streets, () => 320, passable)) plan.add(street)
  const square = laySquare(rng)
  square.forEach((p, i) =>
    plan.add({
      points: [p, square[(i + 1) % square.length]!],
      kind: 'pedestrian',
      family: i % 2 === 0 ? 0 : 1,
      planned: 'square',
    }),
  )
  const coarse = cleanNetwork(meetStreets(plan.streets.filter((s) => s.planned !== 'square')))
  const districts = layDistricts(rng, facesOf(coarse), terrain)
  const districtAt = raster(GROUND_OF_DISTRICTS, 8)
  for (const d of districts) districtAt.paint(d.face.ring, d.id)
  fillGrain(rng, plan, terrain, field, districts, districtAt, square, passable)
  const isOpen = (p: Point): boolean => {
    const district = districts[districtAt.at(p) - 1]
    return passable(p) && (!district || isBuiltThrough(district.use)) && Math.max(Math.abs(p[0]), Math.abs(p[1])) < TOWN_M * 2
  }
  const reach = (p: Point): number => (gap(p, [0, 0]) < OLD_TOWN_M ? 62 : 96)
  const streets = joinDeadEnds(plan.streets, reach, isOpen)
  return { streets, network: cleanNetwork(meetStreets(streets)), districts, districtAt, square }
}

const GROUND_OF_DISTRICTS = 10_500

function fillGrain(
  rng: Rng,
  plan: ReturnType<typeof streetPlan>,
  terrain: Terrain,
  field: ReturnType<typeof streetField>,
  districts: readonly District[],
  districtAt: Raster,
  square: readonly Point[],
  passable: (p: Point) => boolean,
): void {
  const squareAt = raster(120, 2)
  squareAt.paint(square, 1)
  fillStreets(
    rng,
    plan,
    field,
    {
      kind: 'residential',
      stepM: 9,
      minM: 60,
      maxM: () => 260 + rng() ** 2 * 1100,
      spacing: (p, family) => {
        if (!passable(p) || squareAt.at(p) === 1) return undefined
        const density = terrain.density(p)
        if (density < 0.1) return undefined
        const district = districts[districtAt.at(p) - 1]
        if (!district) return density < 0.13 ? undefined : GRAIN[looseFabric(gap(p, [0, 0]), density)][family]
        if (!isBuiltThrough(district.use)) return undefined
        return district.spacing[family]
      },
      stopAt: (kind) => rng() < (kind === 'residential' ? 0.22 : kind === 'pedestrian' ? 0.8 : 0.55),
      twist: (p) => districts[districtAt.at(p) - 1]?.twist ?? 0,
    },
    TOWN_M * 2.1,
  )
}
