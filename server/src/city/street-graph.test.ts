import { describe, expect, it } from 'vitest'
import type { OsmExtract, OsmTags } from './read-extract.ts'
import { buildStreetGraph, decodeStreetGraph, encodeStreetGraph, type StreetGraph } from './street-graph.ts'

/** Nodes on a grid a thousandth of a degree apart: node 1 at column 0, row 0; node 12 at column 1, row 1, and so on. */
const place = (id: number) => ({ lat: (id % 10) / 1000, lon: Math.floor(id / 10) / 1000 })

function extract(
  ways: [refs: number[], tags: OsmTags][],
  nodes: [id: number, tags: OsmTags][] = [],
  missing: number[] = [],
): OsmExtract {
  return {
    bounds: [0, 0, 0.01, 0.01],
    place: (id) => (missing.includes(id) ? undefined : place(id)),
    nodes: nodes.map(([id, tags]) => ({ id, ...place(id), tags })),
    ways: ways.map(([refs, tags], i) => ({ id: i + 1, refs, tags })),
    relations: [],
  }
}

/** Vertices at a node's place. */
function verticesAt(graph: StreetGraph, id: number): number[] {
  const { lat, lon } = place(id)
  return [...graph.lat.keys()].filter((v) => graph.lat[v] === Math.round(lat * 1e7) && graph.lon[v] === Math.round(lon * 1e7))
}

function reachable(graph: StreetGraph, vehicle: 'bicycle' | 'car', fromId: number, toId: number): boolean {
  const seen = new Set(verticesAt(graph, fromId))
  for (const v of seen) {
    for (let e = graph.first[v]!; e < graph.first[v + 1]!; e++) {
      if (graph.seconds[vehicle][e] !== Number.POSITIVE_INFINITY) seen.add(graph.head[e]!)
    }
  }
  return verticesAt(graph, toId).some((v) => seen.has(v))
}

const STREET = { highway: 'residential' }

describe('the street graph', () => {
  it('has vertices at junctions and ends only, and keeps the bends between them', () => {
    const graph = buildStreetGraph(
      extract([
        [[10, 20, 30, 40, 50], STREET],
        [[30, 31, 32], STREET],
      ]),
    )
    expect(graph.lat).toHaveLength(4)
    expect(graph.head).toHaveLength(6)
    expect(graph.shapeLat).toHaveLength(9)
    expect(graph.lengthM[0]).toBeCloseTo(222.4, 0)
  })

  it('turns from one street into another at a shared node, and not where they merely cross', () => {
    const turning = buildStreetGraph(
      extract([
        [[1, 11, 21], STREET],
        [[11, 12], STREET],
      ]),
    )
    expect(reachable(turning, 'car', 1, 12)).toBe(true)
    const bridge = buildStreetGraph(
      extract([
        [[1, 21], STREET],
        [[10, 12], STREET],
      ]),
    )
    expect(reachable(bridge, 'car', 1, 12)).toBe(false)
  })

  it('lets nobody against a one-way street but a bicycle that the tags let', () => {
    const oneway = buildStreetGraph(extract([[[1, 2], { ...STREET, oneway: 'yes' }]]))
    expect([reachable(oneway, 'car', 1, 2), reachable(oneway, 'car', 2, 1), reachable(oneway, 'bicycle', 2, 1)]).toEqual([
      true,
      false,
      false,
    ])
    const contraflow = buildStreetGraph(extract([[[1, 2], { ...STREET, oneway: 'yes', 'oneway:bicycle': 'no' }]]))
    expect([reachable(contraflow, 'car', 2, 1), reachable(contraflow, 'bicycle', 2, 1)]).toEqual([false, true])
    const reversed = buildStreetGraph(extract([[[1, 2], { ...STREET, oneway: '-1' }]]))
    expect([reachable(reversed, 'car', 1, 2), reachable(reversed, 'car', 2, 1)]).toEqual([false, true])
  })

  it('leaves out what access tags close, vehicle by vehicle', () => {
    expect(buildStreetGraph(extract([[[1, 2], { ...STREET, access: 'no' }]])).head).toHaveLength(0)
    const bikes = buildStreetGraph(extract([[[1, 2], { ...STREET, motor_vehicle: 'no' }]]))
    expect([reachable(bikes, 'car', 1, 2), reachable(bikes, 'bicycle', 1, 2)]).toEqual([false, true])
    const motorway = buildStreetGraph(extract([[[1, 2], { highway: 'motorway' }]]))
    expect([reachable(motorway, 'car', 1, 2), reachable(motorway, 'bicycle', 1, 2)]).toEqual([true, false])
    expect(buildStreetGraph(extract([[[1, 2], { highway: 'footway' }]])).head).toHaveLength(0)
  })

  it('stops motors at a bollard, not bicycles, and both at a closed gate', () => {
    const bollard = buildStreetGraph(extract([[[1, 2, 3], STREET]], [[2, { barrier: 'bollard' }]]))
    expect([reachable(bollard, 'car', 1, 3), reachable(bollard, 'bicycle', 1, 3)]).toEqual([false, true])
    const gate = buildStreetGraph(extract([[[1, 2, 3], STREET]], [[2, { barrier: 'gate', access: 'no' }]]))
    expect([reachable(gate, 'car', 1, 3), reachable(gate, 'bicycle', 1, 3)]).toEqual([false, false])
  })

  it('marks the largest part where one can ride anywhere and back', () => {
    const graph = buildStreetGraph(
      extract([
        [[1, 2, 12, 11, 1], STREET],
        [[2, 3], { ...STREET, oneway: 'yes' }],
        [[55, 56], STREET],
      ]),
    )
    const marked = (id: number) => verticesAt(graph, id).some((v) => (graph.connected[v]! & 4) !== 0)
    expect([marked(1), marked(2), marked(3), marked(55)]).toEqual([true, true, false, false])
  })

  it('cuts a street where the extract ends, and takes an extract without roads', () => {
    const cut = buildStreetGraph(extract([[[1, 2, 3, 4, 5], STREET]], [], [3]))
    expect([reachable(cut, 'car', 1, 2), reachable(cut, 'car', 4, 5), reachable(cut, 'car', 1, 5)]).toEqual([true, true, false])
    expect(buildStreetGraph(extract([[[1, 2], { building: 'yes' }]])).head).toHaveLength(0)
  })

  it('has the same edges in its reverse rows', () => {
    const graph = buildStreetGraph(
      extract([
        [[1, 2, 3], STREET],
        [[2, 12], { ...STREET, oneway: 'yes' }],
      ]),
    )
    const edges: string[] = []
    const reversed: string[] = []
    for (let v = 0; v < graph.lat.length; v++) {
      for (let e = graph.first[v]!; e < graph.first[v + 1]!; e++) edges.push(`${e}: ${v} to ${graph.head[e]}`)
      for (let k = graph.inFirst[v]!; k < graph.inFirst[v + 1]!; k++)
        reversed.push(`${graph.inEdge[k]}: ${graph.inTail[k]} to ${v}`)
    }
    expect(reversed.sort()).toEqual(edges.sort())
  })

  it('comes back from its bytes as it was, and refuses other bytes', () => {
    const graph = buildStreetGraph(
      extract([
        [[1, 2, 3], STREET],
        [[2, 12], { ...STREET, oneway: 'yes', maxspeed: '20 mph' }],
      ]),
    )
    expect(decodeStreetGraph(encodeStreetGraph(graph))).toEqual(graph)
    expect(decodeStreetGraph(Buffer.from(encodeStreetGraph(graph)))).toEqual(graph)
    expect(() => decodeStreetGraph(new Uint8Array(64))).toThrow('not a street graph')
  })
})
