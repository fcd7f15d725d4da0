import type { Bounds, LatLon } from '@doorstep/shared/domain'

const DEGREE_SCALE = 1e7
const FIRST_CAPACITY = 1 << 16

/** Where an extract's nodes lie, 16 bytes a node: the untagged ones are millions and need no objects. */
export interface NodePlaces {
  readonly count: number
  place(nodeId: number): LatLon | undefined
  /** The box around all nodes; null where there are none. */
  bounds(): Bounds | null
}

/** Collects nodes in any order; extracts are sorted by id, others are sorted once at the end. */
export function collectNodePlaces() {
  let ids = new Float64Array(FIRST_CAPACITY)
  let lats = new Int32Array(FIRST_CAPACITY)
  let lons = new Int32Array(FIRST_CAPACITY)
  let count = 0
  let isSorted = true
  return {
    add(id: number, lat: number, lon: number) {
      if (count === ids.length) {
        ids = grown(ids, new Float64Array(count * 2))
        lats = grown(lats, new Int32Array(count * 2))
        lons = grown(lons, new Int32Array(count * 2))
      }
      if (count > 0 && id <= ids[count - 1]!) isSorted = false
      ids[count] = id
      lats[count] = Math.round(lat * DEGREE_SCALE)
      lons[count] = Math.round(lon * DEGREE_SCALE)
      count++
    },
    finish(): NodePlaces {
      if (isSorted) return nodePlaces(ids.slice(0, count), lats.slice(0, count), lons.slice(0, count))
      const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => ids[a]! - ids[b]!)
      const from =
        <T extends Float64Array | Int32Array>(all: T) =>
        (i: number) =>
          all[i]!
      return nodePlaces(
        Float64Array.from(order, from(ids)),
        Int32Array.from(order, from(lats)),
        Int32Array.from(order, from(lons)),
      )
    },
  }
}

function grown<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from)
  return to
}

function nodePlaces(ids: Float64Array, lats: Int32Array, lons: Int32Array): NodePlaces {
  return {
    count: ids.length,
    place(nodeId) {
      let low = 0
      let high = ids.length - 1
      while (low <= high) {
        const middle = (low + high) >> 1
        const id = ids[middle]!
        if (id === nodeId) return { lat: lats[middle]! / DEGREE_SCALE, lon: lons[middle]! / DEGREE_SCALE }
        if (id < nodeId) low = middle + 1
        else high = middle - 1
      }
      return undefined
    },
    bounds() {
      if (ids.length === 0) return null
      const least = (all: Int32Array) => all.reduce((a, b) => Math.min(a, b)) / DEGREE_SCALE
      const most = (all: Int32Array) => all.reduce((a, b) => Math.max(a, b)) / DEGREE_SCALE
      return [least(lons), least(lats), most(lons), most(lats)]
    },
  }
}
