import { type Rng, seededRng } from '@doorstep/shared/domain'

/** A number between two, evenly. */
export const between = (rng: Rng, low: number, high: number): number => low + (high - low) * rng()

/** One of several; undefined of none. `lean` above 1 prefers the first ones. */
export const pick = <Item>(rng: Rng, items: readonly Item[], lean = 1): Item | undefined =>
  items[Math.floor(rng() ** lean * items.length)]

/** A source of chance of its own for each name, so that what somebody does does not hang on what others did before. */
export function rngOf(seed: number, name: string): Rng {
  let hash = seed | 0
  // FNV-1a (Fowler, Noll, Vo), 32 bits.
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return seededRng(hash)
}
