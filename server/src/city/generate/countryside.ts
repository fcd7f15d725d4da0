import type { Rng } from '@doorstep/shared/domain'
import { pick, spread } from './chance.ts'
import { contour, soften } from './contour.ts'
import type { MapSheet, OsmTags } from './osm.ts'
import { gap, type Point, simplify, step } from './plane.ts'
import { GROUND_M, type Terrain } from './terrain.ts'

const WOODS = [
  'Mata do Cabeço',
  'Pinhal de Arões',
  'Souto da Raposa',
  'Mata Nacional do Talva',
  'Pinhal das Almas',
  'Carvalhal de Cima',
]

/** Draws the land around: river, woods, fields, vineyards, brooks and a reservoir, out past where a map stops. */
export function drawCountryside(rng: Rng, sheet: MapSheet, terrain: Terrain): void {
  drawRiver(sheet, terrain)
  const { noise } = terrain
  const open = (p: Point): number =>
    Math.min((0.055 - terrain.density(p)) * 2.2, terrain.river.dryness(p) / 130 - 0.4, terrain.motorway.gapTo(p) / 160 - 0.5)
  const trees = (p: Point): number =>
    noise(p[0] / 1900, p[1] / 1900, 51) + 0.5 * noise(p[0] / 620, p[1] / 620, 52) + 0.22 * noise(p[0] / 190, p[1] / 190, 53) - 0.2
  const crops = (p: Point): number => noise(p[0] / 1300, p[1] / 1300, 54) + 0.35 * noise(p[0] / 350, p[1] / 350, 55) + 0.22
  const draw = (value: (p: Point) => number, cell: number, least: number, tags: () => OsmTags): void => {
    const rounded = (ring: readonly Point[]): Point[] => soften(simplify(ring, cell / 10))
    for (const patch of contour(value, GROUND_M * 1.3, cell, least))
      sheet.area(rounded(patch.ring), tags(), patch.holes.map(rounded))
  }
  const homes = (p: Point): number =>
    Math.min(terrain.density(p) - 0.115, terrain.river.dryness(p) / 80 - 0.3, terrain.motorway.gapTo(p) / 90 - 0.8)
  draw(homes, 75, 20_000, () => ({ landuse: 'residential' }))
  draw(
    (p) => Math.min(open(p), trees(p)),
    90,
    40_000,
    () => (rng() < 0.3 ? { natural: 'wood', name: pick(rng, WOODS) } : { natural: 'wood' }),
  )
  draw(
    (p) => Math.min(open(p), -0.06 - trees(p), crops(p)),
    120,
    60_000,
    () => ({ landuse: 'farmland' }),
  )
  draw(
    (p) => Math.min(open(p), -0.1 - trees(p), -0.08 - crops(p), noise(p[0] / 700, p[1] / 700, 56)),
    130,
    50_000,
    () => ({ landuse: 'vineyard' }),
  )
  drawBrooks(rng, sheet, terrain)
}

function drawRiver(sheet: MapSheet, terrain: Terrain): void {
  const { river } = terrain
  const left: Point[] = []
  const right: Point[] = []
  const middle: Point[] = []
  for (let u = -GROUND_M * 1.6; u <= GROUND_M * 1.6; u += Math.abs(u) < 4500 ? 45 : 120) {
    const p = river.at(u)
    const across = river.flow(u) + Math.PI / 2
    left.push(step(p, across, river.half(u)))
    right.push(step(p, across + Math.PI, river.half(u)))
    middle.push(p)
  }
  const holes: Point[][] = []
  for (const [u, long, wide] of [
    [2020, 330, 30],
    [-5200, 240, 18],
  ] as const)
    holes.push(island(terrain, u, long, wide))
  const shore = (points: Point[]): Point[] => simplify(points, 1.2)
  sheet.area([...shore(left), ...shore(right).reverse()], { natural: 'water', water: 'river', name: 'Rio Talva' }, holes)
  for (const hole of holes) sheet.area(hole, { natural: 'wood' })
  sheet.line(simplify(middle, 3), { waterway: 'river', name: 'Rio Talva' })
}

function island(terrain: Terrain, u: number, long: number, wide: number): Point[] {
  const ring: Point[] = []
  for (let k = 0; k < 28; k++) {
    const a = (k / 28) * 2 * Math.PI
    const at = u + (Math.cos(a) * long) / 2
    const off = Math.sin(a) * wide * (1 + 0.2 * Math.cos(a * 3 + 1))
    ring.push(step(terrain.river.at(at), terrain.river.flow(at) + Math.PI / 2, off))
  }
  return ring
}

/** Brooks run down to the river from the hills, avoiding the town. */
function drawBrooks(rng: Rng, sheet: MapSheet, terrain: Terrain): void {
  const names = [
    'Ribeira da Azenha',
    'Ribeira de Arões',
    'Ribeira do Souto',
    'Ribeira das Rãs',
    'Regato da Fonte',
    'Ribeira da Lontra',
    'Regato do Moleiro',
  ]
  let k = 0
  for (const u of [-9300, -7100, -5600, -3900, 4300, 6100, 7900, 9900]) {
    const side = rng() < 0.5 ? 1 : -1
    let p: Point = terrain.river.at(u + spread(rng, -300, 300))
    let angle = terrain.river.flow(u) + (side * Math.PI) / 2
    const points: Point[] = [p]
    for (let i = 0; i < 90; i++) {
      const a = angle + 1.1 * terrain.noise(p[0] / 420, p[1] / 420, 61) + 0.6 * terrain.noise(p[0] / 130, p[1] / 130, 62)
      p = step(p, a, 45)
      if (terrain.density(p) > -0.05) angle += side * (u < 0 ? 0.25 : -0.25)
      if (gap(p, [0, 0]) > GROUND_M * 1.5 || terrain.density(p) > 0.06) break
      points.push(p)
    }
    if (points.length > 20) sheet.line(simplify(points.reverse(), 3), { waterway: 'stream', name: names[k++ % names.length]! })
  }
}
