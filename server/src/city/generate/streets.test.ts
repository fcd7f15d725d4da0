import { seededRng } from '@doorstep/shared/domain'
import { describe, expect, it } from 'vitest'
import { seededNoise } from './chance.ts'
import { crossingPairs, edgesAtNodes, sharpPairs, twinEdges } from './clean-network.ts'
import { lengthOf } from './plane.ts'
import { layStreets } from './streets.ts'
import { layTerrain } from './terrain.ts'

describe.each([7, 20])('the streets of seed %i', (seed) => {
  const rng = seededRng(seed)
  const { network, districts } = layStreets(rng, layTerrain(rng, seededNoise(seed)))

  it('never meet at less than 25 degrees', () => {
    expect(sharpPairs(network)).toEqual([])
  })

  it('never run side by side as twins', () => {
    expect(twinEdges(network)).toEqual([])
  })

  it('never cross without a junction', () => {
    expect(crossingPairs(network)).toEqual([])
  })

  it('have no dead-short stubs', () => {
    const at = edgesAtNodes(network)
    const stubs = network.edges.filter((e) => (at.get(e.a)!.length === 1 || at.get(e.b)!.length === 1) && lengthOf(e.points) < 40)
    expect(stubs).toEqual([])
  })

  it('enclose districts of different use', () => {
    expect(districts.length).toBeGreaterThan(30)
    expect(new Set(districts.map((d) => d.use)).size).toBeGreaterThan(5)
  })
})
