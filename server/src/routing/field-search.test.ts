import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FieldSearch } from './field-search.ts'
import type { Rows } from './field-streets.ts'

type Edge = [from: number, to: number, seconds: number]

function rowsOf(vertices: number, edges: Edge[]): Rows {
  const sorted = [...edges].sort((a, b) => a[0] - b[0])
  const first = new Uint32Array(vertices + 1)
  for (const [from] of sorted) first[from + 1]!++
  for (let v = 0; v < vertices; v++) first[v + 1]! += first[v]!
  return { first, to: Uint32Array.from(sorted, (e) => e[1]), seconds: Float32Array.from(sorted, (e) => e[2]) }
}

/** Bellman-Ford: slow, and right by inspection. */
function bruteForce(vertices: number, edges: Edge[], start: number): number[] {
  const seconds = new Array<number>(vertices).fill(Number.POSITIVE_INFINITY)
  seconds[start] = 0
  for (let round = 0; round < vertices; round++) {
    for (const [from, to, s] of edges) seconds[to] = Math.min(seconds[to]!, seconds[from]! + s)
  }
  return seconds
}

const NO_LIMITS = { seconds: 1e9, vertices: 1e9 }
const VERTICES = 12
const vertex = fc.nat({ max: VERTICES - 1 })
const graphs = fc.array(fc.tuple(vertex, vertex, fc.nat({ max: 500 })), { maxLength: 60 })

describe('the search of a field', () => {
  it('finds the times that brute force finds, search after search on the same arrays', () => {
    const search = new FieldSearch(VERTICES)
    fc.assert(
      fc.property(graphs, vertex, (edges, start) => {
        search.run(rowsOf(VERTICES, edges), [[start, 0]], NO_LIMITS)
        expect([...search.seconds]).toEqual(bruteForce(VERTICES, edges, start))
      }),
      { numRuns: 500 },
    )
  })

  it('is right up to where it says it reached', () => {
    const search = new FieldSearch(VERTICES)
    fc.assert(
      fc.property(
        graphs,
        vertex,
        fc.nat({ max: 800 }),
        fc.integer({ min: 1, max: VERTICES }),
        (edges, start, seconds, vertices) => {
          search.run(rowsOf(VERTICES, edges), [[start, 0]], { seconds, vertices })
          const truth = bruteForce(VERTICES, edges, start)
          expect(search.settledCount).toBeLessThanOrEqual(vertices)
          truth.forEach((s, v) => {
            if (s <= search.reachedS) expect(search.seconds[v]).toBe(s)
          })
        },
      ),
      { numRuns: 500 },
    )
  })
})
