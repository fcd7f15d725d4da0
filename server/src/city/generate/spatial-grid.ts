import type { Point } from './plane.ts'

/** Things filed by the square cells of the plane they touch, for quick looks around a point. */
export type SpatialGrid<T> = {
  add(p: Point, item: T): void
  addSegment(a: Point, b: Point, margin: number, item: T): void
  /** Every item in the cells within `reach` metres of `p`; one that lies in several cells may be seen several times. */
  each(p: Point, reach: number, see: (item: T) => void): void
}

/** A grid of cells `size` metres wide. */
export function spatialGrid<T>(size: number): SpatialGrid<T> {
  const cells = new Map<number, T[]>()
  const put = (i: number, j: number, item: T): void => {
    const key = i * 100_003 + j
    const list = cells.get(key)
    if (list) list.push(item)
    else cells.set(key, [item])
  }
  const cell = (v: number): number => Math.floor(v / size)
  return {
    add: (p, item) => put(cell(p[0]), cell(p[1]), item),
    addSegment: (a, b, margin, item) => {
      for (let i = cell(Math.min(a[0], b[0]) - margin); i <= cell(Math.max(a[0], b[0]) + margin); i++)
        for (let j = cell(Math.min(a[1], b[1]) - margin); j <= cell(Math.max(a[1], b[1]) + margin); j++) put(i, j, item)
    },
    each: (p, reach, see) => {
      for (let i = cell(p[0] - reach); i <= cell(p[0] + reach); i++)
        for (let j = cell(p[1] - reach); j <= cell(p[1] + reach); j++) {
          const list = cells.get(i * 100_003 + j)
          if (list) for (const item of list) see(item)
        }
    },
  }
}
