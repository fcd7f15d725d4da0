import type { Rng } from '@doorstep/shared/domain'
import type { Building } from './buildings.ts'
import { pick, shuffled } from './chance.ts'
import type { MapSheet } from './osm.ts'
import { gap, type Point } from './plane.ts'
import { TRADES } from './shop-names.ts'
import { spatialGrid } from './spatial-grid.ts'
import { RANK } from './trace-streets.ts'

/** Closest two shops may be, metres: a narrow house front. */
const FRONT_M = 10

/** Opens shops along the high streets: dense in the old town, then around each quarter's centre, on the greater streets first. */
export function drawShops(
  rng: Rng,
  sheet: MapSheet,
  buildings: readonly Building[],
  centres: readonly Point[],
  postcodeOf: (p: Point) => string,
): number {
  const taken = spatialGrid<Point>(20)
  const names = new Set<string>()
  let count = 0
  const pull = (b: Building, spread: number): number => {
    const d = gap(b.door, [0, 0])
    const quarter = Math.min(...centres.map((c) => gap(c, b.door)))
    const road = RANK[b.road] <= 1 ? 0.9 : RANK[b.road] === 2 ? 0.75 : b.kind === 'house' || b.kind === 'detached' ? 0.02 : 0.25
    const old = Math.exp(-((d / 520) ** 2)) * 1.3
    return (
      (old * (1 - spread) +
        Math.exp(-((d / 1300) ** 2)) * road * (1.3 - spread) +
        Math.exp(-((quarter / 300) ** 2)) * (road + 0.15) * (0.5 + spread)) *
      (0.15 + rng())
    )
  }
  for (const trade of TRADES) {
    const list = shuffled(rng, trade.names.split('|')).filter((n) => !names.has(n))
    for (const name of list.slice(0, trade.count)) {
      let best: Building | undefined
      let most = 0
      for (let i = 0; i < 70; i++) {
        const b = pick(rng, buildings)
        const score = pull(b, trade.spread)
        if (score <= most) continue
        let free = true
        taken.each(b.door, FRONT_M, (p) => {
          if (gap(p, b.door) < FRONT_M) free = false
        })
        if (!free) continue
        most = score
        best = b
      }
      if (!best) continue
      taken.add(best.door, best.door)
      names.add(name)
      sheet.node(best.door, {
        ...trade.tags,
        name,
        opening_hours: pick(rng, trade.hours),
        'addr:housenumber': String(best.number),
        'addr:street': best.street,
        'addr:postcode': postcodeOf(best.door),
      })
      count++
    }
  }
  return count
}
