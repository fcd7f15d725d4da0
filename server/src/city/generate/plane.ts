/** A point of the town's own flat plane: metres east and north of the market square. */
export type Point = readonly [x: number, y: number]

/** Straight distance in metres. */
export function gap(a: Point, b: Point): number {
  const dx = a[0] - b[0]
  const dy = a[1] - b[1]
  return Math.sqrt(dx * dx + dy * dy)
}

/** The point a share `t` of the way from `a` to `b`. */
export function between(a: Point, b: Point, t: number): Point {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}

/** The point `distance` metres from `p` in direction `angle` (radians, anticlockwise from east). */
export function step(p: Point, angle: number, distance: number): Point {
  return [p[0] + Math.cos(angle) * distance, p[1] + Math.sin(angle) * distance]
}

/** Smallest turn in radians between two directions, 0 to pi. */
export function turn(a: number, b: number): number {
  const d = Math.abs(a - b) % (2 * Math.PI)
  return d > Math.PI ? 2 * Math.PI - d : d
}

/** Length of a polyline in metres. */
export function lengthOf(line: readonly Point[]): number {
  let sum = 0
  for (let i = 1; i < line.length; i++) sum += gap(line[i - 1]!, line[i]!)
  return sum
}

/** The point `along` metres down a polyline, held to its ends. */
export function pointAlong(line: readonly Point[], along: number): Point {
  let left = along
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]!
    const b = line[i]!
    const l = gap(a, b)
    if (left <= l && l > 0) return between(a, b, Math.max(0, left / l))
    left -= l
  }
  return line[line.length - 1]!
}

/** Share of segment `a`-`b` (0 to 1) nearest to `p`. */
export function nearestShare(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const t = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1)
  return t < 0 ? 0 : t > 1 ? 1 : t
}

/** Distance from `p` to segment `a`-`b` in metres. */
export function gapToSegment(p: Point, a: Point, b: Point): number {
  return gap(p, between(a, b, nearestShare(p, a, b)))
}

/** Where segments `a`-`b` and `c`-`d` cross, as shares of each; undefined when they do not or are parallel. */
export function crossing(a: Point, b: Point, c: Point, d: Point): readonly [number, number] | undefined {
  const rx = b[0] - a[0]
  const ry = b[1] - a[1]
  const sx = d[0] - c[0]
  const sy = d[1] - c[1]
  const den = rx * sy - ry * sx
  if (Math.abs(den) < 1e-9) return undefined
  const qx = c[0] - a[0]
  const qy = c[1] - a[1]
  const t = (qx * sy - qy * sx) / den
  const u = (qx * ry - qy * rx) / den
  return t < 0 || t > 1 || u < 0 || u > 1 ? undefined : [t, u]
}

/** Twice-signed area halved: positive for an anticlockwise ring (open, first point not repeated). */
export function areaOf(ring: readonly Point[]): number {
  let sum = 0
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!
    const b = ring[(i + 1) % ring.length]!
    sum += a[0] * b[1] - b[0] * a[1]
  }
  return sum / 2
}

/** Centre of gravity of a ring. */
export function centreOf(ring: readonly Point[]): Point {
  const whole = areaOf(ring) * 6 || 1
  let x = 0
  let y = 0
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!
    const b = ring[(i + 1) % ring.length]!
    const k = a[0] * b[1] - b[0] * a[1]
    x += (a[0] + b[0]) * k
    y += (a[1] + b[1]) * k
  }
  return [x / whole, y / whole]
}

/** Whether `p` lies inside an open ring (even-odd). */
export function insideRing(p: Point, ring: readonly Point[]): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i]!
    const b = ring[j]!
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
  }
  return inside
}

/** Douglas-Peucker: the polyline without points nearer than `tolerance` metres to what remains. */
export function simplify(line: readonly Point[], tolerance: number): Point[] {
  if (line.length < 3) return [...line]
  const first = line[0]!
  const last = line[line.length - 1]!
  let worst = 0
  let at = 0
  for (let i = 1; i < line.length - 1; i++) {
    const d = gapToSegment(line[i]!, first, last)
    if (d > worst) {
      worst = d
      at = i
    }
  }
  if (worst <= tolerance) return [first, last]
  return [...simplify(line.slice(0, at + 1), tolerance), ...simplify(line.slice(at), tolerance).slice(1)]
}
