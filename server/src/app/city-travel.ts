import { readFile } from 'node:fs/promises'
import { type CityPack, decodeStreetGraph } from '../city/index.ts'
import { DEFAULT_CALIBRATION, readCalibration, type TravelFields, travelFields } from '../routing/index.ts'

/** The travel fields of a city, from the street graph and calibration of its pack. */
export async function openCityTravel(pack: CityPack): Promise<TravelFields> {
  const graph = decodeStreetGraph(await readFile(pack.graphFile))
  const stored = await readFile(pack.calibrationFile, 'utf8').then(JSON.parse, () => null)
  return travelFields(graph, { calibration: readCalibration(stored) ?? DEFAULT_CALIBRATION })
}
