import type { Point } from './plane.ts'

/** A ramp of the motorway: `at` metres along a carriageway it leaves or joins it, at `node` of the network it ends or begins. */
export type Ramp = {
  readonly carriageway: 0 | 1
  readonly at: number
  readonly node: number
  readonly points: readonly Point[]
  readonly leaving: boolean
}
