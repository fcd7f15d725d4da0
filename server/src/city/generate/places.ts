import type { Rng } from '@doorstep/shared/domain'
import { shuffled } from './chance.ts'
import type { District } from './districts.ts'
import type { MapSheet } from './osm.ts'
import { gap, type Point } from './plane.ts'
import type { Terrain } from './terrain.ts'

const QUARTERS =
  'Boavista|Outeiro|São Brás|Santa Marta|Vila Nova|Campo Grande|Tílias|Souto|Várzea|Monte Alegre|Fontelas|Carvalhal|Santo Amaro|Estação|Azenhas|Vale Formoso|Portela|Quintãs|Moinhos|Laranjal|Prado|Cruzeiro|Ameal|São Roque|Lameiras|Olival|Pedralva|Alto da Eira|Barreiro|Casal Novo'.split(
    '|',
  )
const VILLAGES =
  'Arões de Baixo|Souto Mau|Vilar da Serra|Santa Comba do Talva|Pedrógão Velho|Aldeia das Rãs|Fonte Longa|Casais do Monte|Póvoa de Arões|Ribeira Seca|Monte Redondo|Quintela'.split(
    '|',
  )

/** A named part of the town, around which its shops gather. */
export type Quarter = { readonly at: Point; readonly name: string; readonly suburb: boolean }

/** Places named quarters well apart over the town and draws them, the town and its villages. */
export function drawPlaces(rng: Rng, sheet: MapSheet, town: string, terrain: Terrain, districts: readonly District[]): Quarter[] {
  sheet.node([0, 0], { place: 'town', name: town, population: '64200' })
  const names = shuffled(rng, QUARTERS)
  const quarters: Quarter[] = []
  for (const suburb of [true, false])
    for (const d of shuffled(
      rng,
      districts.filter((x) => x.use === 'homes'),
    )) {
      const name = names[quarters.length]
      if (!name || quarters.length > (suburb ? 10 : 22)) break
      const apart = suburb ? 1150 : 560
      if (gap(d.centre, [0, 0]) < (suburb ? 900 : 550) || quarters.some((q) => gap(q.at, d.centre) < apart)) continue
      quarters.push({ at: d.centre, name, suburb })
      sheet.node(d.centre, { place: suburb ? 'suburb' : 'neighbourhood', name })
    }
  const old: Quarter = { at: [60, 170], name: 'Centro Histórico', suburb: false }
  sheet.node(old.at, { place: 'neighbourhood', name: old.name })
  const villages = shuffled(rng, VILLAGES)
  terrain.villages.forEach((v, i) =>
    sheet.node(v.at, { place: 'village', name: villages[i % villages.length]!, population: '900' }),
  )
  return [old, ...quarters]
}

/** Postcodes in the Portuguese pattern, one to each quarter and half-kilometre square. */
export function postcodes(quarters: readonly Quarter[]): (p: Point) => string {
  return (p) => {
    let nearest = 0
    quarters.forEach((q, i) => {
      if (gap(q.at, p) < gap(quarters[nearest]!.at, p)) nearest = i
    })
    const square = (Math.floor(p[0] / 500) * 7 + Math.floor(p[1] / 500) * 13 + 4000) % 10
    return `${6260 + Math.floor(nearest / 4)}-${100 + (nearest % 4) * 200 + square * 17}`
  }
}
