import { distanceM } from '@doorstep/shared/domain'
import { describe, expect, it } from 'vitest'
import { CITY_DEFAULTS, encodeOsmPbf, generateCity, type OsmWay } from './index.ts'

const city = generateCity({ seed: CITY_DEFAULTS.seed })
const node = new Map(city.nodes.map((n) => [n.id, n]))
const DRIVEN = new Set('motorway motorway_link primary secondary tertiary unclassified residential living_street'.split(' '))
const WALKED = new Set([...DRIVEN, 'pedestrian', 'footway', 'path', 'cycleway', 'service'])
const streets = (kinds: ReadonlySet<string>): OsmWay[] =>
  city.ways.filter((w) => kinds.has(w.tags['highway'] ?? '') && w.tags['area'] !== 'yes')
const shops = city.nodes.filter((n) => n.tags?.['opening_hours'])
const buildings = city.ways.filter((w) => w.tags['building'])

function reach(start: number, links: ReadonlyMap<number, readonly number[]>): Set<number> {
  const seen = new Set([start])
  const stack = [start]
  for (let n = stack.pop(); n !== undefined; n = stack.pop())
    for (const next of links.get(n) ?? [])
      if (!seen.has(next)) {
        seen.add(next)
        stack.push(next)
      }
  return seen
}

/** Share of nodes that can be reached from, and can reach, a street of the middle of town. */
function connectedShare(ways: readonly OsmWay[], heedOneWays: boolean): number {
  const ahead = new Map<number, number[]>()
  const behind = new Map<number, number[]>()
  const link = (a: number, b: number): void => {
    ahead.set(a, [...(ahead.get(a) ?? []), b])
    behind.set(b, [...(behind.get(b) ?? []), a])
  }
  for (const way of ways)
    way.refs.slice(1).forEach((to, i) => {
      link(way.refs[i]!, to)
      if (!heedOneWays || way.tags['oneway'] !== 'yes') link(to, way.refs[i]!)
    })
  const middle = { lat: (city.bounds[1] + city.bounds[3]) / 2, lon: (city.bounds[0] + city.bounds[2]) / 2 }
  const near = (id: number): number => distanceM(node.get(id)!, middle)
  const start = [...new Set(ways.filter((w) => w.tags['highway'] === 'tertiary').map((w) => w.refs[0]!))].sort(
    (a, b) => near(a) - near(b),
  )[0]!
  const there = reach(start, ahead)
  const back = reach(start, behind)
  const all = new Set(ways.flatMap((w) => [...w.refs]))
  return [...all].filter((n) => there.has(n) && back.has(n)).length / all.size
}

function crosses(ring: readonly (readonly [number, number])[]): boolean {
  const side = (a: readonly [number, number], b: readonly [number, number], c: readonly [number, number]): number =>
    Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
  for (let i = 0; i < ring.length - 1; i++)
    for (let j = i + 2; j < ring.length - 1; j++) {
      if (i === 0 && j === ring.length - 2) continue
      const [a, b, c, d] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!]
      if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return true
    }
  return false
}

describe('the default city', () => {
  it('is the same bytes from the same seed, and another town from another', () => {
    const bytes = encodeOsmPbf(city)
    expect(encodeOsmPbf(generateCity({ seed: CITY_DEFAULTS.seed })).equals(bytes)).toBe(true)
    expect(encodeOsmPbf(generateCity({ seed: CITY_DEFAULTS.seed + 1 })).equals(bytes)).toBe(false)
    expect(bytes.length).toBeLessThan(2_000_000)
  })

  it('can be driven from anywhere to anywhere, one-way streets heeded', () => {
    expect(
      connectedShare(
        streets(DRIVEN).filter((w) => !w.tags['highway']!.startsWith('motorway')),
        true,
      ),
    ).toBeGreaterThan(0.99)
  })

  it('can be walked from anywhere to anywhere', () => {
    expect(
      connectedShare(
        streets(WALKED).filter((w) => !w.tags['highway']!.startsWith('motorway')),
        false,
      ),
    ).toBeGreaterThan(0.99)
  })

  it('has its motorway tied to the streets by ramps', () => {
    expect(streets(new Set(['motorway_link'])).length).toBeGreaterThanOrEqual(4)
    const driven = new Set(
      streets(DRIVEN)
        .filter((w) => !w.tags['highway']!.startsWith('motorway'))
        .flatMap((w) => [...w.refs]),
    )
    const motorway = new Set(streets(new Set(['motorway'])).flatMap((w) => [...w.refs]))
    for (const ramp of streets(new Set(['motorway_link']))) {
      const ends = [ramp.refs[0]!, ramp.refs[ramp.refs.length - 1]!]
      expect(ends.some((n) => driven.has(n)) && ends.some((n) => motorway.has(n))).toBe(true)
    }
  })

  it('refers only to nodes that exist', () => {
    expect(city.ways.every((w) => w.refs.every((n) => node.has(n)))).toBe(true)
    const ways = new Set(city.ways.map((w) => w.id))
    expect(city.relations.every((r) => r.members.every((m) => ways.has(m.ref)))).toBe(true)
  })

  it('addresses every house and shop in a street that exists', () => {
    const names = new Set(streets(WALKED).map((w) => w.tags['name']))
    const addressed = [...buildings, ...shops].map((o) => o.tags!['addr:street']).filter((s) => s !== undefined)
    expect(addressed.length).toBeGreaterThan(10_000)
    expect(addressed.filter((s) => !names.has(s))).toEqual([])
  })

  it('numbers no two houses of a street alike', () => {
    const doors = buildings
      .filter((b) => b.tags['addr:street'])
      .map((b) => `${b.tags['addr:street']} ${b.tags['addr:housenumber']}`)
    expect(new Set(doors).size).toBe(doors.length)
  })

  it('has at least 180 shops and kitchens, each with hours, an address and a name of its own', () => {
    expect(shops.length).toBeGreaterThanOrEqual(180)
    expect(new Set(shops.map((s) => s.tags!['name'])).size).toBe(shops.length)
    expect(shops.every((s) => s.tags!['addr:housenumber'] && s.tags!['addr:street'])).toBe(true)
  })

  it('builds no house whose walls cross', () => {
    const at = (id: number): [number, number] => [node.get(id)!.lon, node.get(id)!.lat]
    expect(buildings.filter((b) => crosses(b.refs.map(at)))).toEqual([])
  })

  it('reaches past what a map shows on every side', () => {
    const lons = city.nodes.map((n) => n.lon).sort((a, b) => a - b)
    const lats = city.nodes.map((n) => n.lat).sort((a, b) => a - b)
    expect(lons[0]).toBeLessThan(city.bounds[0])
    expect(lats[0]).toBeLessThan(city.bounds[1])
    expect(lons[lons.length - 1]).toBeGreaterThan(city.bounds[2])
    expect(lats[lats.length - 1]).toBeGreaterThan(city.bounds[3])
  })
})
