import type { Bounds } from '@doorstep/shared/domain'
import { seaOf } from '../geometry/coastline.ts'
import { areaM2, boundsRing, centroid, type Polygon, type Position } from '../geometry/plane.ts'
import { areasOf, type OsmArea } from '../geometry/shapes.ts'
import type { OsmExtract } from '../read-extract.ts'
import { type AreaKind, areaKind } from './area-kinds.ts'
import { labelAt, type MapFeature } from './map-feature.ts'
import { landmarkOf } from './point-features.ts'

const DEEPEST = 15

/** Land, sea, water, land use and buildings, larger ones first so that a pond lies on its park. */
export function areaFeatures(extract: OsmExtract, bounds: Bounds, drawn: Bounds): MapFeature[] {
  const areas: { feature: MapFeature; sizeM2: number }[] = []
  const labels: MapFeature[] = []
  for (const area of areasOf(extract, bounds, (tags) => areaKind(tags) !== null || landmarkOf(tags) !== null)) {
    const sizeM2 = area.polygons.reduce((sum, polygon) => sum + polygonM2(polygon), 0)
    labels.push(...labelsOf(area, sizeM2))
    const kind = areaKind(area.tags)
    if (kind !== null) areas.push({ feature: featureOf(kind, area, sizeM2), sizeM2 })
  }
  areas.sort((a, b) => b.sizeM2 - a.sizeM2)
  return [...groundFeatures(extract, bounds, drawn), ...areas.map(({ feature }) => feature), ...labels]
}

function featureOf({ layer, kind, seenFromM2 }: AreaKind, { polygons }: OsmArea, sizeM2: number): MapFeature {
  const minZoom = zoomFor(sizeM2, seenFromM2)
  return { layer, minZoom, properties: { kind }, geometry: { type: 'MultiPolygon', coordinates: polygons } }
}

/** On screen an area grows fourfold with each zoom. */
function zoomFor(sizeM2: number, seenFromM2: number): number {
  const zoom = 10 + Math.ceil(Math.log(seenFromM2 / Math.max(sizeM2, 1)) / Math.log(4))
  return Math.min(DEEPEST, Math.max(0, zoom))
}

const polygonM2 = ([outer, ...holes]: Polygon) => areaM2(outer!) - holes.reduce((sum, hole) => sum + areaM2(hole), 0)

function groundFeatures(extract: OsmExtract, bounds: Bounds, drawn: Bounds): MapFeature[] {
  const earth: Position[][][] = [[boundsRing(drawn)]]
  const sea = seaOf(extract, bounds, drawn)
  const ground = (layer: 'earth' | 'water', kind: string, coordinates: Position[][][]): MapFeature => ({
    layer,
    minZoom: 0,
    properties: { kind },
    geometry: { type: 'MultiPolygon', coordinates },
  })
  return sea.length === 0 ? [ground('earth', 'earth', earth)] : [ground('earth', 'earth', earth), ground('water', 'ocean', sea)]
}

const NAMED_WATER_M2 = 20_000

function labelsOf({ tags, polygons }: OsmArea, sizeM2: number): MapFeature[] {
  const name = tags['name']
  if (name === undefined) return []
  const largest = polygons.reduce((a, b) => (areaM2(b[0]!) > areaM2(a[0]!) ? b : a))
  const at = centroid(largest[0]!)
  const kind = areaKind(tags)
  if (kind?.layer === 'water') {
    const isLake = kind.kind !== 'river' && kind.kind !== 'canal' && kind.kind !== 'stream'
    if (!isLake || sizeM2 < NAMED_WATER_M2) return []
    return [labelAt('water', Math.max(12, zoomFor(sizeM2, 4_000_000)), at, { kind: 'lake', name })]
  }
  const landmark = landmarkOf(tags)
  if (landmark === null) return []
  // Parks come by the hundred, so a small one is named late.
  const minZoom = landmark === 'park' ? Math.min(17, Math.max(13, zoomFor(sizeM2, 3_000_000) + (sizeM2 < 4000 ? 2 : 0))) : 14
  return [labelAt('pois', minZoom, at, { kind: landmark, name })]
}
