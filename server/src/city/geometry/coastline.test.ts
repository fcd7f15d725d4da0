import type { Bounds } from '@doorstep/shared/domain'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closeCoastline } from './coastline.ts'
import { type Polygon, type Position, ringContains } from './plane.ts'

const BOUNDS: Bounds = [0, 0, 10, 10]

const isSea = (sea: readonly Polygon[], p: Position) =>
  sea.some(([outer, ...holes]) => ringContains(outer!, p) && !holes.some((hole) => ringContains(hole, p)))

/** A closed shore around a point; land inside where it runs counter-clockwise. */
const shore = ([x, y]: Position, radius: number, isIsland: boolean): Position[] => {
  const ring = Array.from({ length: 13 }, (_, i): Position => {
    const angle = ((i % 12) / 12) * 2 * Math.PI * (isIsland ? 1 : -1)
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
  })
  return ring
}

describe('closing a coastline', () => {
  test('an island alone lies in a sea that fills the bounds', () => {
    const sea = closeCoastline([shore([5, 5], 2, true)], BOUNDS)
    expect(isSea(sea, [5, 5])).toBe(false)
    expect(isSea(sea, [0.1, 0.1])).toBe(true)
    expect(isSea(sea, [9.9, 9.9])).toBe(true)
  })

  test('a mainland coast has its sea on one side, to the corners', () => {
    const eastwards: Position[] = [
      [-1, 4],
      [5, 6],
      [11, 4],
    ]
    const sea = closeCoastline([eastwards], BOUNDS)
    expect(isSea(sea, [0.1, 0.1])).toBe(true)
    expect(isSea(sea, [9.9, 0.1])).toBe(true)
    expect(isSea(sea, [5, 6.1])).toBe(false)
    const other = closeCoastline([eastwards.toReversed()], BOUNDS)
    expect(isSea(other, [5, 6.1])).toBe(true)
    expect(isSea(other, [5, 5.9])).toBe(false)
  })

  test('a bay reaches into the land, an island in it stays dry', () => {
    const bay: Position[] = [
      [-1, 2],
      [3, 2],
      [3, 8],
      [7, 8],
      [7, 2],
      [11, 2],
    ]
    const sea = closeCoastline([bay, shore([5, 6], 1, true)], BOUNDS)
    expect(isSea(sea, [4, 7.5])).toBe(true)
    expect(isSea(sea, [5, 6])).toBe(false)
    expect(isSea(sea, [2, 5])).toBe(false)
    expect(isSea(sea, [1, 1])).toBe(true)
  })

  test('a strait between two coasts is sea, both banks are land', () => {
    const sea = closeCoastline(
      [
        [
          [11, 4],
          [-1, 4],
        ].toReversed() as Position[],
        [
          [-1, 2],
          [11, 2],
        ].toReversed() as Position[],
      ],
      BOUNDS,
    )
    expect(isSea(sea, [5, 3])).toBe(true)
    expect(isSea(sea, [5, 5])).toBe(false)
    expect(isSea(sea, [5, 1])).toBe(false)
  })

  test('an island that the bounds cut is land up to the edge', () => {
    const sea = closeCoastline([shore([10, 5], 2, true)], BOUNDS)
    expect(isSea(sea, [9, 5])).toBe(false)
    expect(isSea(sea, [7, 5])).toBe(true)
    expect(isSea(sea, [9.9, 9.9])).toBe(true)
  })

  test('a coastline that the extract breaks off is led to the nearest edge', () => {
    const sea = closeCoastline(
      [
        [
          [1, 5],
          [9, 5],
        ],
      ],
      BOUNDS,
    )
    expect(isSea(sea, [5, 4])).toBe(true)
    expect(isSea(sea, [5, 6])).toBe(false)
  })

  test('beyond the bounds the coast goes straight on to the edge of what is drawn', () => {
    const coast: Position[] = [
      [-3, 9],
      [2, 4],
      [10, 4],
      [11, -3],
    ]
    const sea = closeCoastline([coast], BOUNDS, [-2, -2, 12, 12])
    expect(isSea(sea, [-1.9, 5.9])).toBe(true)
    expect(isSea(sea, [-1.9, 6.1])).toBe(false)
    expect(isSea(sea, [11.9, 3.9])).toBe(true)
    expect(isSea(sea, [11.9, 4.1])).toBe(false)
    expect(isSea(sea, [5, -1.9])).toBe(true)
  })

  test('a scrap of coast before the line crosses the edge does not turn land into sea', () => {
    const coast: Position[] = [
      [4, 0.1],
      [3.8, 0.1],
      [3.7, -1],
      [4.5, -1],
      [4.5, 1],
      [6, 11],
    ]
    const sea = closeCoastline([coast], BOUNDS)
    expect(isSea(sea, [1, 5])).toBe(false)
    expect(isSea(sea, [9, 5])).toBe(true)
  })

  test('a pier that the bounds cut is land inside them and does not go on outside', () => {
    const coast: Position[] = [
      [-1, 2],
      [4, 2],
      [4, 11],
      [4.5, 11],
      [4.5, 2],
      [11, 2],
    ]
    const harbour = closeCoastline([coast.toReversed()], BOUNDS, [-2, -2, 12, 12])
    expect(isSea(harbour, [4.25, 9])).toBe(false)
    expect(isSea(harbour, [4.25, 11])).toBe(true)
    const channel = closeCoastline([coast], BOUNDS, [-2, -2, 12, 12])
    expect(isSea(channel, [4.25, 9])).toBe(true)
  })

  test('without a coastline there is no sea', () => {
    expect(closeCoastline([], BOUNDS)).toEqual([])
  })

  test('the sea lies right of the line everywhere, however many coasts cross the bounds', () => {
    const height = fc.integer({ min: -80, max: 80 }).map((n) => n / 100)
    const coast = fc.record({ heights: fc.array(height, { minLength: 3, maxLength: 20 }), turned: fc.boolean() })
    fc.assert(
      fc.property(coast, fc.boolean(), ({ heights, turned }, islands) => {
        const waterBelow = heights.map((h, i): Position => [-1 + (12 * i) / (heights.length - 1), 6 + h])
        const waterAbove = heights.map((h, i): Position => [-1 + (12 * i) / (heights.length - 1), 2 + h]).toReversed()
        const lines = [waterBelow, waterAbove, ...(islands ? [shore([5, 4], 0.5, true)] : [])]
        const flipped = turned ? lines.slice(0, 2).map((line) => line.toReversed()) : lines
        const sea = closeCoastline(flipped, BOUNDS)
        for (const line of flipped) {
          for (let i = 1; i < line.length; i++) {
            const [[x0, y0], [x1, y1]] = [line[i - 1]!, line[i]!]
            const middle: Position = [(x0 + x1) / 2, (y0 + y1) / 2]
            if (middle[0] < 0.01 || middle[0] > 9.99) continue
            const step = 1e-4 / Math.hypot(x1 - x0, y1 - y0)
            const right: Position = [middle[0] + (y1 - y0) * step, middle[1] - (x1 - x0) * step]
            const left: Position = [middle[0] - (y1 - y0) * step, middle[1] + (x1 - x0) * step]
            expect([isSea(sea, right), isSea(sea, left)]).toEqual([true, false])
          }
        }
      }),
    )
  })
})
