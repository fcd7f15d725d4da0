import type { Rows } from './field-streets.ts'

/** Where a search stops: at this many seconds, or when this many vertices are settled. */
export interface SearchLimits {
  seconds: number
  vertices: number
}

/**
 * Bounded one-to-many Dijkstra over compressed rows with a binary heap in typed arrays that every search uses again. What it
 * found stays readable until the next search: `secondsAt(v)`, `settled`, and `reachedS`, the seconds up to which it is complete.
 */
export class FieldSearch {
  readonly seconds: Float32Array
  readonly settled: Uint32Array
  settledCount = 0
  reachedS = 0
  private touched: Uint32Array
  private touchedCount = 0
  private heapKey = new Float32Array(1024)
  private heapVertex = new Uint32Array(1024)
  private heapSize = 0

  constructor(vertices: number) {
    this.seconds = new Float32Array(vertices).fill(Number.POSITIVE_INFINITY)
    this.settled = new Uint32Array(vertices)
    this.touched = new Uint32Array(vertices)
  }

  /** Searches from the seeds (vertex and seconds already spent). */
  run(rows: Rows, seeds: readonly (readonly [vertex: number, seconds: number])[], limits: SearchLimits): void {
    this.reset()
    for (const [vertex, seconds] of seeds) this.reach(vertex, seconds)
    const { first, to, seconds } = rows
    const maxSettled = Math.min(limits.vertices, this.settled.length)
    this.reachedS = limits.seconds
    while (this.heapSize > 0) {
      const key = this.heapKey[0]!
      const v = this.heapVertex[0]!
      this.pop()
      if (key > this.seconds[v]!) continue
      if (key > limits.seconds || this.settledCount >= maxSettled) {
        this.reachedS = Math.min(key, limits.seconds)
        return
      }
      this.settled[this.settledCount++] = v
      for (let k = first[v]!, end = first[v + 1]!; k < end; k++) this.reach(to[k]!, key + seconds[k]!)
    }
  }

  private reset() {
    for (let i = 0; i < this.touchedCount; i++) this.seconds[this.touched[i]!] = Number.POSITIVE_INFINITY
    this.touchedCount = 0
    this.settledCount = 0
    this.heapSize = 0
  }

  private reach(vertex: number, wanted: number) {
    const rounded = Math.fround(wanted)
    const before = this.seconds[vertex]!
    if (rounded >= before) return
    if (before === Number.POSITIVE_INFINITY) this.touched[this.touchedCount++] = vertex
    this.seconds[vertex] = rounded
    this.push(rounded, vertex)
  }

  private push(key: number, vertex: number) {
    if (this.heapSize === this.heapKey.length) this.grow()
    const { heapKey, heapVertex } = this
    let i = this.heapSize++
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (heapKey[parent]! <= key) break
      heapKey[i] = heapKey[parent]!
      heapVertex[i] = heapVertex[parent]!
      i = parent
    }
    heapKey[i] = key
    heapVertex[i] = vertex
  }

  private pop() {
    const { heapKey, heapVertex } = this
    const size = --this.heapSize
    const key = heapKey[size]!
    const vertex = heapVertex[size]!
    let i = 0
    for (let child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && heapKey[child + 1]! < heapKey[child]!) child += 1
      if (heapKey[child]! >= key) break
      heapKey[i] = heapKey[child]!
      heapVertex[i] = heapVertex[child]!
      i = child
    }
    heapKey[i] = key
    heapVertex[i] = vertex
  }

  private grow() {
    const keys = new Float32Array(this.heapKey.length * 2)
    keys.set(this.heapKey)
    this.heapKey = keys
    const vertices = new Uint32Array(this.heapVertex.length * 2)
    vertices.set(this.heapVertex)
    this.heapVertex = vertices
  }
}
