import type { Point } from './plane.ts'

/** A square raster of small numbers over the plane, for asking what a place belongs to. */
export type Raster = {
  paint(ring: readonly Point[], value: number): void
  at(p: Point): number
}

/** A raster of `cell` metres reaching `reach` metres from the middle, all 0 at first. */
export function raster(reach: number, cell: number): Raster {
  const n = Math.ceil((2 * reach) / cell)
  const values = new Uint16Array(n * n)
  const toCell = (v: number): number => (v + reach) / cell
  return {
    paint: (ring, value) => {
      const low = Math.max(0, Math.floor(Math.min(...ring.map((p) => toCell(p[1])))))
      const high = Math.min(n - 1, Math.ceil(Math.max(...ring.map((p) => toCell(p[1])))))
      for (let j = low; j <= high; j++) {
        const y = j + 0.5
        const cuts: number[] = []
        for (let i = 0; i < ring.length; i++) {
          const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!]
          const [ay, by] = [toCell(a[1]), toCell(b[1])]
          if (ay > y !== by > y) cuts.push(toCell(a[0]) + ((y - ay) / (by - ay)) * (toCell(b[0]) - toCell(a[0])))
        }
        cuts.sort((x, z) => x - z)
        for (let k = 0; k + 1 < cuts.length; k += 2)
          values.fill(
            value,
            j * n + Math.max(0, Math.round(cuts[k]!)),
            j * n + Math.min(n, Math.max(0, Math.round(cuts[k + 1]!))),
          )
      }
    },
    at: (p) => {
      const i = Math.floor(toCell(p[0]))
      const j = Math.floor(toCell(p[1]))
      return i < 0 || j < 0 || i >= n || j >= n ? 0 : values[j * n + i]!
    },
  }
}
