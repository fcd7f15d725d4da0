import { seededRng } from '@doorstep/shared/domain'
import { type Building, type Ground, lineStreets, openGround, type SettingAt } from './buildings.ts'
import { seededNoise } from './chance.ts'
import { drawCivicBlocks } from './civic-blocks.ts'
import { drawMotorway, drawRailway, stationGround } from './corridors.ts'
import { drawCountryside } from './countryside.ts'
import { looseFabric } from './districts.ts'
import { drawStreets } from './draw-streets.ts'
import { facesOf } from './faces.ts'
import { planInterchanges } from './interchanges.ts'
import { drawLandmarks } from './landmarks.ts'
import { fadeMainRoads, nameStreets } from './name-streets.ts'
import { layOneWays } from './one-ways.ts'
import { type GeneratedCity, type MapSheet, mapSheet } from './osm.ts'
import { drawParks } from './parks.ts'
import { drawPlaces, postcodes } from './places.ts'
import { gap, type Point } from './plane.ts'
import { type Raster, raster } from './raster.ts'
import { drawPromenades } from './riverside.ts'
import { layRoundabouts } from './roundabouts.ts'
import { drawShops } from './shops.ts'
import { layStreets, type StreetLayout, TOWN_M } from './streets.ts'
import { layTerrain, type Terrain } from './terrain.ts'

/** The default town: an invented river town in the hills of central Portugal. */
export const CITY_DEFAULTS = { name: 'Ribalva', timeZone: 'Europe/Lisbon', currency: 'EUR', country: 'PT', seed: 7 } as const

/** What the town is made from. */
export type CityOptions = { readonly seed: number; readonly name?: string }

const ORIGIN = { lat: 39.742, lon: -7.866 }
/** Half the width and height of what a map shows, metres. */
const SHOWN_M = [9000, 7600] as const

/** Makes the whole town in memory; the same seed gives the same town, whatever else runs. */
export function generateCity(options: CityOptions): GeneratedCity {
  const rng = seededRng(options.seed)
  const name = options.name ?? CITY_DEFAULTS.name
  const terrain = layTerrain(rng, seededNoise(options.seed))
  const layout = layStreets(rng, terrain)
  fadeMainRoads(layout.network)
  nameStreets(rng, layout.network, layout.streets, terrain, layout.districts, layout.districtAt)
  const sheet = mapSheet(ORIGIN)
  drawCountryside(rng, sheet, terrain)
  const quarters = drawPlaces(rng, sheet, name, terrain, layout.districts)
  const postcodeOf = postcodes(quarters)
  const reserved = raster(TOWN_M, 4)
  reserved.paint(layout.square, 1)
  reserved.paint(stationGround(terrain, layout.network), 1)
  layRoundabouts(layout.network, terrain)
  const ramps = planInterchanges(layout.network, terrain)
  const ground = groundOf(layout, terrain, reserved)
  drawLandmarks(rng, sheet, ground, layout.districts)
  sheet.area(layout.square, { place: 'square', highway: 'pedestrian', area: 'yes', name: 'Praça da República' })
  drawCivicBlocks(rng, sheet, ground, facesOf(layout.network), layout.districts, layout.districtAt, reserved)
  const buildings = lineStreets(rng, layout.network, ground, settingOf(layout, terrain, reserved))
  drawBuildings(sheet, buildings, name, postcodeOf)
  layOneWays(rng, layout.network)
  const idOf = drawStreets(sheet, layout.network, terrain)
  drawMotorway(sheet, layout.network, terrain, ramps, idOf)
  drawRailway(sheet, layout.network, terrain, name)
  drawParks(rng, sheet, layout.network, idOf, layout.districts)
  drawPromenades(sheet, layout.network, layout.streets, terrain, idOf)
  drawShops(
    rng,
    sheet,
    buildings,
    quarters.map((q) => q.at),
    postcodeOf,
  )
  const [west, south] = sheet.toLonLat([-SHOWN_M[0], -SHOWN_M[1]])
  const [east, north] = sheet.toLonLat([SHOWN_M[0], SHOWN_M[1]])
  return { name, nodes: sheet.nodes, ways: sheet.ways, relations: sheet.relations, bounds: [west, south, east, north] }
}

function groundOf(layout: StreetLayout, terrain: Terrain, reserved: Raster): Ground {
  const { river, railway, motorway } = terrain
  return openGround(
    layout.network,
    (p) =>
      river.dryness(p) > 12 && railway.gapTo(p) > 16 && motorway.gapTo(p) > 50 && (reserved.at(p) === 0 || gap(p, [0, 0]) > 90),
  )
}

function settingOf(layout: StreetLayout, terrain: Terrain, reserved: Raster): SettingAt {
  return (p: Point) => {
    if (reserved.at(p) === 1) return undefined
    const district = layout.districts[layout.districtAt.at(p) - 1]
    const density = terrain.density(p)
    if (district) return { fabric: district.fabric, use: district.use, fill: district.fabric === 'detached' ? 0.86 : 0.97 }
    if (density < 0.08) return undefined
    return { fabric: looseFabric(gap(p, [0, 0]), density), use: 'homes', fill: density > 0.25 ? 0.96 : 0.78 }
  }
}

function drawBuildings(sheet: MapSheet, buildings: readonly Building[], town: string, postcodeOf: (p: Point) => string): void {
  for (const b of buildings)
    sheet.area(b.ring, {
      building: b.kind,
      'building:levels': String(b.levels),
      'addr:housenumber': String(b.number),
      'addr:street': b.street,
      'addr:postcode': postcodeOf(b.door),
      'addr:city': town,
    })
}
