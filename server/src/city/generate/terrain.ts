import type { Rng } from '@doorstep/shared/domain'
import { type Noise, spread } from './chance.ts'
import { gap, type Point } from './plane.ts'

/** How far land, water and country roads reach from the market square, metres: beyond what a map bounded to the town shows. */
export const GROUND_M = 12_000

/** A river that never turns back on itself, measured by the distance `u` along its main direction. */
export type River = {
  readonly angle: number
  /** The middle of the stream. */
  at(u: number): Point
  /** Half its width, metres. */
  half(u: number): number
  /** Direction of flow, radians. */
  flow(u: number): number
  /** Position along the main direction of any point of the plane. */
  along(p: Point): number
  /** Metres from the bank: negative in the water. */
  dryness(p: Point): number
  /** Positive on the old town's bank, negative across the river. */
  side(p: Point): number
}

/** A line like a motorway or a railway, laid over the land before the town's streets. */
export type Corridor = { readonly points: readonly Point[]; gapTo(p: Point): number; direction(p: Point): number }

/** A village near the town. */
export type Village = { readonly at: Point; readonly radius: number }

/** What the land is like before anybody builds. */
export type Terrain = {
  readonly noise: Noise
  readonly river: River
  readonly motorway: Corridor
  readonly railway: Corridor
  readonly villages: readonly Village[]
  /** How densely built a place is: 1 in the old town, 0 at the ragged edge, negative in the fields. */
  density(p: Point): number
}

/** A smooth function read from a table of its values, since it is asked for a million times. */
function tabled(f: (u: number) => number): (u: number) => number {
  const stepM = 5
  const reach = GROUND_M * 2
  const values = new Float64Array(Math.ceil((2 * reach) / stepM) + 2)
  for (let i = 0; i < values.length; i++) values[i] = f(i * stepM - reach)
  return (u) => {
    const at = Math.min(values.length - 2, Math.max(0, (u + reach) / stepM))
    const i = Math.floor(at)
    return values[i]! + (values[i + 1]! - values[i]!) * (at - i)
  }
}

/** A function of the plane sampled on a lattice as places are asked for, and read between its points. */
function latticed(f: (p: Point) => number): (p: Point) => number {
  const cell = 40
  const reach = 5600
  const n = Math.ceil((2 * reach) / cell)
  const values = new Float64Array(n * n).fill(Number.NaN)
  const value = (i: number, j: number): number => {
    const held = values[j * n + i]!
    if (held === held) return held
    const fresh = f([(i - n / 2) * cell, (j - n / 2) * cell])
    values[j * n + i] = fresh
    return fresh
  }
  return (p) => {
    if (Math.abs(p[0]) > reach - cell || Math.abs(p[1]) > reach - cell) return f(p)
    const x = p[0] / cell + n / 2
    const y = p[1] / cell + n / 2
    const [i, j] = [Math.floor(x), Math.floor(y)]
    const [u, v] = [x - i, y - j]
    return (value(i, j) * (1 - u) + value(i + 1, j) * u) * (1 - v) + (value(i, j + 1) * (1 - u) + value(i + 1, j + 1) * u) * v
  }
}

function layRiver(rng: Rng, noise: Noise): River {
  const angle = spread(rng, 0.28, 0.42)
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  const [p1, p2] = [spread(rng, -0.25, 0.25), spread(rng, 0, 6)]
  const raw = (u: number): number =>
    520 * Math.sin(u / 1450 + p1) * Math.exp(-((u / 5200) ** 2)) +
    640 * Math.sin(u / 2900 + p2) * (1 - Math.exp(-((u / 4000) ** 2))) +
    90 * noise(u / 520, 3.5, 11)
  const shift = -430 - raw(0)
  const v = tabled((u) => raw(u) + shift)
  const slope = (u: number): number => (v(u + 8) - v(u - 8)) / 16
  const half = tabled((u) => 64 + 14 * noise(u / 800, 7.5, 12) + u / 700 + 46 * Math.exp(-(((u - 2050) / 520) ** 2)))
  const along = (p: Point): number => p[0] * c + p[1] * s
  const across = (p: Point): number => -p[0] * s + p[1] * c - v(along(p))
  return {
    angle,
    half,
    along,
    at: (u) => [u * c - v(u) * s, u * s + v(u) * c],
    flow: (u) => angle + Math.atan(slope(u)),
    dryness: (p) => {
      const u = along(p)
      return Math.abs(across(p)) / Math.sqrt(1 + slope(u) ** 2) - half(u)
    },
    side: across,
  }
}

/** A corridor from a curve given in a frame turned by `angle`: distance is measured in that frame, which its gentle bends allow. */
function layCorridor(angle: number, bend: (u: number) => number, reach: number): Corridor {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  const curve = tabled(bend)
  const slope = (u: number): number => (curve(u + 10) - curve(u - 10)) / 20
  const points: Point[] = []
  for (let u = -reach; u <= reach; u += 60) points.push([u * c - curve(u) * s, u * s + curve(u) * c])
  const along = (p: Point): number => p[0] * c + p[1] * s
  return {
    points,
    gapTo: (p) => {
      const u = along(p)
      return Math.abs(-p[0] * s + p[1] * c - curve(u)) / Math.sqrt(1 + slope(u) ** 2)
    },
    direction: (p) => angle + Math.atan(slope(along(p))),
  }
}

/** Lays the river, the motorway past the town, the railway through it and the villages around it. */
export function layTerrain(rng: Rng, noise: Noise): Terrain {
  const river = layRiver(rng, noise)
  const q = spread(rng, 0, 6)
  const motorway = layCorridor(river.angle - 1.02, (u) => 2950 + 330 * Math.sin(u / 2100 + q) + 0.000018 * u * u, GROUND_M * 1.5)
  const railway = layCorridor(
    river.angle + 0.05,
    (u) => 800 + 230 * Math.sin(u / 1500 + 1.1) + 320 * Math.sin(u / 4300 + q),
    GROUND_M * 1.5,
  )
  const villages: Village[] = []
  for (let i = 0; i < 400 && villages.length < 9; i++) {
    const a = spread(rng, 0, 2 * Math.PI)
    const d = spread(rng, 4300, 9800)
    const at: Point = [Math.cos(a) * d, Math.sin(a) * d]
    const clear = villages.every((v) => gap(v.at, at) > 2100)
    if (clear && river.dryness(at) > 260 && motorway.gapTo(at) > 450) villages.push({ at, radius: spread(rng, 240, 430) })
  }
  const density = (p: Point): number => {
    const d = Math.sqrt(p[0] * p[0] + p[1] * p[1])
    let town = 1 - d / 3250 + 0.17 * noise(p[0] / 1000, p[1] / 1000, 21) + 0.07 * noise(p[0] / 330, p[1] / 330, 22)
    if (river.side(p) < 0) town -= 0.1
    if (d < 1200) town = Math.max(town, 1 - d / 2600)
    for (const v of villages) {
      const far = gap(v.at, p)
      if (far < v.radius * 2) town = Math.max(town, 0.42 * (1 - far / v.radius) + 0.1 * noise(p[0] / 200, p[1] / 200, 23))
    }
    return town
  }
  return { noise, river, motorway, railway, villages, density: latticed(density) }
}
