import type { Position } from '../geometry/plane.ts'

/** Layers of the Protomaps basemap schema (docs.protomaps.com/basemaps/layers) that a city's tiles have. */
export const MAP_LAYERS = ['earth', 'landuse', 'water', 'buildings', 'roads', 'boundaries', 'pois', 'places'] as const
export type MapLayer = (typeof MAP_LAYERS)[number]

type MapGeometry =
  | { type: 'Point'; coordinates: Position }
  | { type: 'LineString'; coordinates: Position[] }
  | { type: 'MultiPolygon'; coordinates: Position[][][] }

/** One thing on the map, with the properties the style filters by. */
export interface MapFeature {
  layer: MapLayer
  /** First zoom whose tiles hold it. */
  minZoom: number
  properties: { kind: string } & Record<string, string | number | boolean>
  geometry: MapGeometry
}

/** A point feature, as labels are: a label on an area would be drawn once in each tile. */
export function labelAt(
  layer: MapLayer,
  minZoom: number,
  coordinates: Position,
  properties: MapFeature['properties'] & { name: string },
): MapFeature {
  return { layer, minZoom, properties: { ...properties, min_zoom: minZoom }, geometry: { type: 'Point', coordinates } }
}
