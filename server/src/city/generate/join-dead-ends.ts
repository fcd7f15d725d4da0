import { between, crossing, gap, gapToSegment, type Point, step, turn } from './plane.ts'
import { spatialGrid } from './spatial-grid.ts'
import type { Street } from './trace-streets.ts'

type Piece = { readonly a: Point; readonly b: Point; readonly street: number }

/** Least angle at which a street that ends blindly may be led into another, radians. */
const SQUARE_ENOUGH = 0.7

/** Streets with their blind ends led straight on into the next street, where one lies within `reach(p)` metres and the way is open. */
export function joinDeadEnds(streets: readonly Street[], reach: (p: Point) => number, isOpen: (p: Point) => boolean): Street[] {
  const grid = spatialGrid<Piece>(80)
  streets.forEach((s, street) => {
    for (let i = 1; i < s.points.length; i++)
      grid.addSegment(s.points[i - 1]!, s.points[i]!, 0, { a: s.points[i - 1]!, b: s.points[i]!, street })
  })
  const lead = (street: number, end: Point, before: Point): Point | undefined => {
    let joined = false
    grid.each(end, 4, (piece) => {
      if (piece.street !== street && gapToSegment(end, piece.a, piece.b) < 3) joined = true
    })
    if (joined) return undefined
    const angle = Math.atan2(end[1] - before[1], end[0] - before[0])
    const far = step(end, angle, reach(end))
    let nearest = 2
    let found: Piece | undefined
    grid.each(between(end, far, 0.5), gap(end, far) / 2, (piece) => {
      const cut = crossing(end, far, piece.a, piece.b)
      if (cut && cut[0] > 0.02 && cut[0] < nearest) {
        nearest = cut[0]
        found = piece
      }
    })
    if (!found || found.street === street) return undefined
    const across = turn(angle, Math.atan2(found.b[1] - found.a[1], found.b[0] - found.a[0]))
    if (across < SQUARE_ENOUGH || across > Math.PI - SQUARE_ENOUGH) return undefined
    const to = between(end, far, nearest)
    for (let t = 0.1; t < 1; t += 0.1) if (!isOpen(between(end, to, t))) return undefined
    return to
  }
  return streets.map((s, street) => {
    const n = s.points.length
    if (s.planned || n < 2) return s
    const head = lead(street, s.points[0]!, s.points[1]!)
    const tail = lead(street, s.points[n - 1]!, s.points[n - 2]!)
    if (!head && !tail) return s
    return { ...s, points: [...(head ? [head] : []), ...s.points, ...(tail ? [tail] : [])] }
  })
}
