import type { Rng } from '@doorstep/shared/domain'
import type { Ground } from './buildings.ts'
import { spread } from './chance.ts'
import type { District } from './districts.ts'
import type { MapSheet, OsmTags } from './osm.ts'
import { centreOf, gap, insideRing, type Point, step } from './plane.ts'

/** A rectangle around `at`, its long side in direction `angle`. */
export function box(at: Point, angle: number, length: number, width: number): Point[] {
  const corner = (s: number, t: number): Point => step(step(at, angle, (s * length) / 2), angle + Math.PI / 2, (t * width) / 2)
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)]
}

/** An outline of boxes joined by their long hall: plain, L, U or cross, as large public buildings are. */
export function hall(at: Point, angle: number, length: number, width: number, shape: 'plain' | 'L' | 'U' | 'cross'): Point[] {
  const p = (s: number, t: number): Point => step(step(at, angle, s * length), angle + Math.PI / 2, t * width)
  switch (shape) {
    case 'L':
      return [p(-0.5, -0.5), p(0.5, -0.5), p(0.5, -0.1), p(-0.2, -0.1), p(-0.2, 0.5), p(-0.5, 0.5)]
    case 'U':
      return [
        p(-0.5, -0.5),
        p(0.5, -0.5),
        p(0.5, 0.5),
        p(0.24, 0.5),
        p(0.24, -0.12),
        p(-0.24, -0.12),
        p(-0.24, 0.5),
        p(-0.5, 0.5),
      ]
    case 'cross':
      return [
        p(-0.5, -0.2),
        p(0.12, -0.2),
        p(0.12, -0.5),
        p(0.3, -0.5),
        p(0.3, -0.2),
        p(0.44, -0.16),
        p(0.5, 0),
        p(0.44, 0.16),
        p(0.3, 0.2),
        p(0.3, 0.5),
        p(0.12, 0.5),
        p(0.12, 0.2),
        p(-0.5, 0.2),
      ]
    default:
      return box(at, angle, length, width)
  }
}

/** Direction of the longest straight side of a ring. */
export function longSide(ring: readonly Point[]): number {
  let best = 0
  let angle = 0
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!
    const b = ring[(i + 1) % ring.length]!
    if (gap(a, b) > best) {
      best = gap(a, b)
      angle = Math.atan2(b[1] - a[1], b[0] - a[0])
    }
  }
  return angle
}

type Lattice = {
  readonly along: number
  readonly across: number
  readonly length: readonly [number, number]
  readonly width: readonly [number, number]
  readonly fill: number
  readonly shapes: readonly ('plain' | 'L' | 'U')[]
}

/** Sets free-standing buildings in rows over a block; returns how many stand. */
export function setHalls(
  rng: Rng,
  sheet: MapSheet,
  ground: Ground,
  ring: readonly Point[],
  lattice: Lattice,
  tags: OsmTags,
): number {
  const angle = longSide(ring)
  const middle = centreOf(ring)
  let count = 0
  for (let i = -9; i <= 9; i++)
    for (let j = -9; j <= 9; j++) {
      const at = step(step(middle, angle, i * lattice.along), angle + Math.PI / 2, j * lattice.across)
      if (!insideRing(at, ring) || rng() > lattice.fill) continue
      const [length, width] = [spread(rng, ...lattice.length), spread(rng, ...lattice.width)]
      const shape = lattice.shapes[Math.floor(rng() * lattice.shapes.length)]!
      const turned = angle + (rng() < 0.25 ? Math.PI / 2 : 0)
      if (!box(at, turned, length, width).every((p) => insideRing(p, ring)) || !ground.claim(box(at, turned, length, width), 5))
        continue
      sheet.area(hall(at, turned, length, width, shape), tags)
      count++
    }
  return count
}

const HALLS: Readonly<Partial<Record<District['use'], readonly [Lattice, OsmTags]>>> = {
  hospital: [
    { along: 82, across: 62, length: [48, 72], width: [26, 44], fill: 0.75, shapes: ['U', 'L', 'plain'] },
    { building: 'hospital' },
  ],
  university: [
    { along: 92, across: 74, length: [46, 78], width: [26, 46], fill: 0.7, shapes: ['U', 'L', 'plain'] },
    { building: 'university' },
  ],
  industry: [
    { along: 84, across: 62, length: [40, 76], width: [26, 52], fill: 0.8, shapes: ['plain', 'plain', 'L'] },
    { building: 'industrial' },
  ],
  retail: [
    { along: 130, across: 110, length: [70, 110], width: [40, 70], fill: 0.7, shapes: ['plain', 'L'] },
    { building: 'retail' },
  ],
}

/** Tags and name of a district given over to one thing. */
const DISTRICT_TAGS: Readonly<Record<Exclude<District['use'], 'homes' | 'fields'>, readonly OsmTags[]>> = {
  park: [
    { leisure: 'park', name: 'Parque da Cidade' },
    { leisure: 'park', name: 'Jardim Botânico' },
    { leisure: 'park', name: 'Parque das Laranjeiras' },
    { leisure: 'park', name: 'Jardim do Conde' },
    { leisure: 'park', name: 'Parque do Souto' },
    { leisure: 'park', name: 'Mata da Senhora' },
    { leisure: 'park', name: 'Parque das Merendas' },
  ],
  hospital: [{ amenity: 'hospital', name: 'Hospital de Santa Marta', emergency: 'yes' }],
  university: [{ amenity: 'university', name: 'Universidade do Talva' }],
  stadium: [{ leisure: 'sports_centre', landuse: 'recreation_ground', name: 'Complexo Desportivo Municipal' }],
  industry: [{ landuse: 'industrial' }],
  retail: [
    { landuse: 'retail', name: 'Retail Park do Vale' },
    { landuse: 'retail', name: 'Parque Comercial Norte' },
    { landuse: 'retail', name: 'Ribalva Shopping' },
  ],
  cemetery: [
    { landuse: 'cemetery', name: 'Cemitério do Outeiro' },
    { landuse: 'cemetery', name: 'Cemitério Novo' },
  ],
  allotments: [
    { landuse: 'allotments', name: 'Hortas Urbanas' },
    { landuse: 'allotments' },
    { landuse: 'allotments' },
    { landuse: 'allotments' },
  ],
}

/** Draws the ground of every district and what stands on it, homes apart. */
export function drawLandmarks(rng: Rng, sheet: MapSheet, ground: Ground, districts: readonly District[]): void {
  const given = new Map<string, number>()
  for (const district of districts) {
    const { use } = district
    if (use === 'homes' || use === 'fields') continue
    const list = DISTRICT_TAGS[use]
    const n = given.get(use) ?? 0
    given.set(use, n + 1)
    sheet.area(district.face.ring, list[n % list.length]!)
    if (use === 'retail') drawParking(sheet, ground, district)
    const halls = HALLS[use]
    if (halls) setHalls(rng, sheet, ground, district.face.ring, halls[0], halls[1])
    if (use === 'stadium') drawStadium(sheet, ground, district)
  }
}

function oval(at: Point, angle: number, long: number, wide: number): Point[] {
  return Array.from({ length: 36 }, (_, k) => {
    const a = (k / 36) * 2 * Math.PI
    const [c, s] = [Math.cos(a), Math.sin(a)]
    const squash = (v: number): number => Math.sign(v) * Math.abs(v) ** 0.72
    return step(step(at, angle, (squash(c) * long) / 2), angle + Math.PI / 2, (squash(s) * wide) / 2)
  })
}

function drawStadium(sheet: MapSheet, ground: Ground, district: District): void {
  const angle = longSide(district.face.ring)
  const at = district.centre
  ground.claim(box(at, angle, 170, 130), 0)
  sheet.area(oval(at, angle, 168, 128), { building: 'stadium', leisure: 'stadium', name: 'Estádio Municipal' }, [
    oval(at, angle, 122, 84),
  ])
  sheet.area(box(at, angle, 105, 68), { leisure: 'pitch', sport: 'soccer', surface: 'grass' })
  for (const side of [-1, 1]) {
    const pitch = box(step(at, angle, side * 150), angle + Math.PI / 2, 96, 60)
    if (pitch.every((p) => insideRing(p, district.face.ring)))
      sheet.area(pitch, { leisure: 'pitch', sport: 'soccer', surface: 'grass' })
  }
}

function drawParking(sheet: MapSheet, ground: Ground, district: District): void {
  const angle = longSide(district.face.ring)
  const lot = box(district.centre, angle, 110, 50)
  if (lot.every((p) => insideRing(p, district.face.ring)) && ground.claim(lot, 2))
    sheet.area(lot, { amenity: 'parking', surface: 'asphalt' })
}
