import type { Rng } from '@doorstep/shared/domain'
import type { Ground } from './buildings.ts'
import { shuffled } from './chance.ts'
import type { District } from './districts.ts'
import type { Face } from './faces.ts'
import { box, hall, longSide, setHalls } from './landmarks.ts'
import type { MapSheet, OsmTags } from './osm.ts'
import { centreOf, gap, insideRing, type Point, step } from './plane.ts'
import type { Raster } from './raster.ts'

type Wish = {
  readonly what: 'school' | 'garden' | 'church' | 'parking' | 'market'
  readonly area: readonly [number, number]
  readonly away: readonly [number, number]
  readonly apart: number
  readonly tags: readonly OsmTags[]
}

const school = (name: string): OsmTags => ({ amenity: 'school', name })
const church = (name: string): OsmTags => ({
  amenity: 'place_of_worship',
  religion: 'christian',
  denomination: 'roman_catholic',
  name,
})
const garden = (name: string): OsmTags => ({ leisure: 'park', name })

const WISHES: readonly Wish[] = [
  { what: 'church', area: [1500, 6500], away: [40, 230], apart: 0, tags: [church('Sé de Ribalva')] },
  {
    what: 'market',
    area: [1600, 7000],
    away: [120, 520],
    apart: 0,
    tags: [{ amenity: 'marketplace', name: 'Mercado Municipal' }],
  },
  {
    what: 'church',
    area: [1300, 5200],
    away: [200, 3000],
    apart: 780,
    tags: [
      'São Brás',
      'Santa Marta',
      'Santo Amaro',
      'Nossa Senhora do Carmo',
      'São Roque',
      'Santa Luzia',
      'São Mamede',
      'Santa Iria',
      'São Torcato',
    ].map((n) => church(`Igreja de ${n}`)),
  },
  {
    what: 'garden',
    area: [1800, 9500],
    away: [180, 3000],
    apart: 560,
    tags: [
      'Jardim da Alameda',
      'Jardim do Coreto',
      'Largo da Feira',
      'Jardim das Tílias',
      'Jardim do Mirante',
      'Jardim da Estação',
      'Largo do Cruzeiro',
      'Jardim das Camélias',
      'Jardim de São Roque',
      'Jardim do Lavadouro',
      'Largo da Fonte Nova',
      'Jardim Dona Amélia',
      'Jardim das Rosas',
      'Jardim do Poeta',
    ].map(garden),
  },
  {
    what: 'school',
    area: [9000, 34_000],
    away: [500, 3200],
    apart: 620,
    tags: [
      'Escola Secundária Poeta Falcão',
      'Escola Básica da Boavista',
      'Escola Básica do Outeiro',
      'Escola Básica de São Brás',
      'Colégio das Amoreiras',
      'Escola Básica da Ribeira',
      'Escola Secundária do Talva',
      'Escola Básica do Souto',
      'Escola Básica da Várzea',
      'Escola Profissional de Ribalva',
      'Escola Básica das Tílias',
    ].map(school),
  },
  { what: 'parking', area: [1500, 5200], away: [300, 2400], apart: 650, tags: [{ amenity: 'parking', surface: 'asphalt' }] },
]

/** Gives single blocks to churches, schools, gardens and the market, and marks them so that no house is built there. */
export function drawCivicBlocks(
  rng: Rng,
  sheet: MapSheet,
  ground: Ground,
  faces: readonly Face[],
  districts: readonly District[],
  districtAt: Raster,
  reserved: Raster,
): void {
  const blocks = shuffled(rng, faces).map((face) => ({ face, centre: centreOf(face.ring) }))
  const given = new Map<string, Point[]>()
  const taken = new Set<Face>()
  for (const wish of WISHES) {
    const spots = given.get(wish.what) ?? []
    given.set(wish.what, spots)
    let left = wish.what === 'parking' ? 9 : wish.tags.length
    for (const { face, centre } of blocks) {
      if (left === 0) break
      const d = gap(centre, [0, 0])
      const district = districts[districtAt.at(centre) - 1]
      if (taken.has(face) || district?.use !== 'homes' || !insideRing(centre, face.ring)) continue
      if (face.area < wish.area[0] || face.area > wish.area[1] || d < wish.away[0] || d > wish.away[1]) continue
      if (spots.some((p) => gap(p, centre) < wish.apart)) continue
      taken.add(face)
      spots.push(centre)
      reserved.paint(face.ring, 1)
      left--
      drawBlock(rng, sheet, ground, face, centre, wish, wish.tags[left % wish.tags.length]!)
    }
  }
}

function drawBlock(rng: Rng, sheet: MapSheet, ground: Ground, face: Face, centre: Point, wish: Wish, tags: OsmTags): void {
  const angle = longSide(face.ring)
  if (wish.what === 'church') {
    const size = Math.min(52, Math.sqrt(face.area) * 0.62)
    sheet.area(face.ring, { highway: 'pedestrian', area: 'yes' })
    ground.claim(box(centre, angle, size, size * 0.5), 0)
    sheet.area(hall(centre, angle, size, size * 0.62, 'cross'), { building: 'church', ...tags })
    return
  }
  if (wish.what === 'market') {
    sheet.area(face.ring, { highway: 'pedestrian', area: 'yes' })
    const size = Math.sqrt(face.area)
    sheet.area(box(centre, angle, size * 0.62, size * 0.4), { building: 'retail', ...tags })
    return
  }
  sheet.area(face.ring, tags)
  if (wish.what !== 'school') return
  setHalls(
    rng,
    sheet,
    ground,
    face.ring,
    { along: 66, across: 52, length: [34, 54], width: [18, 30], fill: 0.6, shapes: ['U', 'L', 'plain'] },
    { building: 'school' },
  )
  for (const side of [1, -1]) {
    const pitch = box(step(centre, angle + 0.5, side * Math.sqrt(face.area) * 0.26), angle, 38, 19)
    if (pitch.every((p) => insideRing(p, face.ring)) && ground.claim(pitch, 3))
      sheet.area(pitch, { leisure: 'pitch', sport: 'multi' })
  }
}
