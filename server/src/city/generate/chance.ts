import type { Rng } from '@doorstep/shared/domain'

/** Evenly spread between `low` and `high`. */
export function spread(rng: Rng, low: number, high: number): number {
  return low + rng() * (high - low)
}

/** One of the list, each as likely; the list must not be empty. */
export function pick<T>(rng: Rng, list: readonly T[]): T {
  return list[Math.floor(rng() * list.length)] as T
}

/** The list in a random order (Fisher-Yates), the argument untouched. */
export function shuffled<T>(rng: Rng, list: readonly T[]): T[] {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1))
    const held = out[i] as T
    out[i] = out[j] as T
    out[j] = held
  }
  return out
}

/** Smooth value noise over the plane, about -1 to 1, one unit per lattice cell; `layer` picks an independent sheet. */
export type Noise = (x: number, y: number, layer: number) => number

/** Value noise (quintic interpolation of hashed lattice values) that depends on nothing but its seed. */
export function seededNoise(seed: number): Noise {
  const at = (i: number, j: number, k: number): number => {
    let h = Math.imul(i, 374761393) ^ Math.imul(j, 668265263) ^ Math.imul(k + seed * 31, 2246822519)
    h = Math.imul(h ^ (h >>> 13), 1274126177)
    return (((h ^ (h >>> 16)) >>> 0) / 4294967296) * 2 - 1
  }
  const ease = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10)
  return (x, y, k) => {
    const i = Math.floor(x)
    const j = Math.floor(y)
    const u = ease(x - i)
    const v = ease(y - j)
    return (at(i, j, k) * (1 - u) + at(i + 1, j, k) * u) * (1 - v) + (at(i, j + 1, k) * (1 - u) + at(i + 1, j + 1, k) * u) * v
  }
}
