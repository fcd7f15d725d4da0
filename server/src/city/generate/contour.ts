import { areaOf, between, insideRing, type Point } from './plane.ts'

/** An area with holes, rings open. */
export type Patch = { readonly ring: readonly Point[]; readonly holes: readonly (readonly Point[])[] }

/** Corner cutting (Chaikin): a ring whose corners are rounded once. */
export function soften(ring: readonly Point[]): Point[] {
  return ring.flatMap((p, i) => {
    const q = ring[(i + 1) % ring.length]!
    return [between(p, q, 0.25), between(p, q, 0.75)]
  })
}

/** Where `value` is above zero, as smooth-edged areas (marching squares on a square lattice of `cell` metres to `reach`). */
export function contour(value: (p: Point) => number, reach: number, cell: number, minArea: number): Patch[] {
  const n = Math.floor((2 * reach) / cell) + 1
  const grid = new Float64Array(n * n)
  for (let j = 0; j < n; j++)
    for (let i = 0; i < n; i++) {
      const edge = i === 0 || j === 0 || i === n - 1 || j === n - 1
      grid[j * n + i] = edge ? -1 : value([i * cell - reach, j * cell - reach])
    }
  const rings = joinSegments(segmentsOf(grid, n, cell, reach)).filter((r) => r.length > 3 && Math.abs(areaOf(r)) > minArea)
  const outers = rings.filter((r) => areaOf(r) > 0)
  const holes = rings.filter((r) => areaOf(r) < 0)
  return outers.map((ring) => ({
    ring,
    holes: holes.filter(
      (h) => insideRing(h[0]!, ring) && !outers.some((o) => o !== ring && areaOf(o) < areaOf(ring) && insideRing(h[0]!, o)),
    ),
  }))
}

type Segment = readonly [from: string, to: string, at: Point]

function segmentsOf(grid: Float64Array, n: number, cell: number, reach: number): Segment[] {
  const out: Segment[] = []
  for (let j = 0; j < n - 1; j++)
    for (let i = 0; i < n - 1; i++) {
      const [a, b, c, d] = [grid[j * n + i]!, grid[j * n + i + 1]!, grid[(j + 1) * n + i + 1]!, grid[(j + 1) * n + i]!]
      const code = (a > 0 ? 1 : 0) | (b > 0 ? 2 : 0) | (c > 0 ? 4 : 0) | (d > 0 ? 8 : 0)
      if (code === 0 || code === 15) continue
      const x = (t: number): number => (i + t) * cell - reach
      const y = (t: number): number => (j + t) * cell - reach
      const sides: Readonly<Record<string, readonly [string, Point]>> = {
        s: [`h${i},${j}`, [x(a / (a - b)), y(0)]],
        e: [`v${i + 1},${j}`, [x(1), y(b / (b - c))]],
        n: [`h${i},${j + 1}`, [x(d / (d - c)), y(1)]],
        w: [`v${i},${j}`, [x(0), y(a / (a - d))]],
      }
      for (const pair of TURNS[code]!) {
        const [from, to] = [sides[pair.charAt(0)]!, sides[pair.charAt(1)]!]
        out.push([from[0], to[0], from[1]])
      }
    }
  return out
}

/** For each case the sides entered and left, the inside on the left. */
const TURNS: readonly (readonly string[])[] = [
  '',
  'sw',
  'es',
  'ew',
  'ne',
  'sw ne',
  'ns',
  'nw',
  'wn',
  'sn',
  'es wn',
  'en',
  'we',
  'se',
  'ws',
  '',
].map((t) => t.split(' ').filter((pair) => pair !== ''))

function joinSegments(segments: readonly Segment[]): Point[][] {
  const next = new Map<string, Segment>()
  for (const segment of segments) next.set(segment[0], segment)
  const rings: Point[][] = []
  while (next.size > 0) {
    const ring: Point[] = []
    let key = next.keys().next().value as string
    for (;;) {
      const segment = next.get(key)
      if (!segment) break
      next.delete(key)
      ring.push(segment[2])
      key = segment[1]
    }
    rings.push(ring)
  }
  return rings
}
