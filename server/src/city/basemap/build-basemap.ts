import { gzipSync } from 'node:zlib'
import type { Bounds } from '@doorstep/shared/domain'
import { GeoJSONVT } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { Feature } from 'geojson'
import type { OsmExtract } from '../read-extract.ts'
import { areaFeatures } from './area-features.ts'
import { MAP_LAYERS, type MapFeature, type MapLayer } from './map-feature.ts'
import { boundaryFeatures, pointFeatures } from './point-features.ts'
import { roadFeatures } from './road-features.ts'
import { waterwayFeatures } from './waterway-features.ts'
import { type StoredTile, writePmtiles } from './write-pmtiles.ts'

const MIN_ZOOM = 10
const MAX_ZOOM = 15
const EXTENT = 4096
const BUFFER = 64

/** What a basemap holds. */
export interface BasemapCounts {
  tiles: number
  bytes: number
}

/** What a basemap is to show and say. */
export interface BasemapOptions {
  /** Where the data is cut off. */
  bounds: Bounds
  /** Where ground and sea end: a map can be dragged a little beyond the bounds. */
  drawn: Bounds
  name: string
  attribution: string
}

/** Builds the basemap of an extract as a PMTiles archive in the Protomaps schema, zooms 10 to 15. */
export async function buildBasemap(extract: OsmExtract, file: string, options: BasemapOptions): Promise<BasemapCounts> {
  const { bounds, drawn, name, attribution } = options
  const tiles = cutTiles(mapFeatures(extract, bounds, drawn), drawn)
  const layers = MAP_LAYERS.map((id) => ({ id, fields: {}, minzoom: MIN_ZOOM, maxzoom: MAX_ZOOM }))
  const metadata = { name, attribution, type: 'baselayer', vector_layers: layers }
  await writePmtiles(file, tiles, { bounds: drawn, minZoom: MIN_ZOOM, maxZoom: MAX_ZOOM, metadata })
  return { tiles: tiles.length, bytes: tiles.reduce((sum, { data }) => sum + data.length, 0) }
}

function mapFeatures(extract: OsmExtract, bounds: Bounds, drawn: Bounds): Map<MapLayer, MapFeature[]> {
  const byLayer = new Map<MapLayer, MapFeature[]>(MAP_LAYERS.map((layer) => [layer, []]))
  for (const source of [areaFeatures, waterwayFeatures, roadFeatures, boundaryFeatures, pointFeatures]) {
    for (const feature of source(extract, bounds, drawn)) byLayer.get(feature.layer)!.push(feature)
  }
  return byLayer
}

function cutTiles(byLayer: Map<MapLayer, MapFeature[]>, bounds: Bounds): StoredTile[] {
  const indexes = [...byLayer].map(([layer, features]) => [layer, tileIndex(features)] as const)
  const tiles: StoredTile[] = []
  for (let z = MIN_ZOOM; z <= MAX_ZOOM; z++) {
    for (const { x, y } of tilesIn(bounds, z)) {
      const layers: Record<string, CutTile> = {}
      for (const [layer, index] of indexes) {
        const tile = visible(index.getTile(z, x, y), z)
        if (tile) layers[layer] = tile
      }
      if (Object.keys(layers).length === 0) continue
      tiles.push({ z, x, y, data: gzipSync(fromGeojsonVt(layers as never, { version: 2, extent: EXTENT })) })
    }
  }
  return tiles
}

/** What of a cut tile is read here. */
interface CutTile {
  features: { tags: Record<string, unknown> | null }[]
}

/** Features carry their first zoom through the cutter under a name that is taken off before a tile is written. */
const FIRST_ZOOM = '_from'

function tileIndex(features: readonly MapFeature[]): GeoJSONVT {
  const geojson = features.map(
    ({ geometry, properties, minZoom }): Feature => ({
      type: 'Feature',
      geometry,
      properties: { ...properties, [FIRST_ZOOM]: minZoom },
    }),
  )
  return new GeoJSONVT(
    { type: 'FeatureCollection', features: geojson },
    { maxZoom: MAX_ZOOM, indexMaxZoom: MIN_ZOOM, extent: EXTENT, buffer: BUFFER, wrap: false },
  )
}

function visible(tile: CutTile | null, z: number): CutTile | null {
  const features = tile?.features.filter(({ tags }) => z === MAX_ZOOM || (tags?.[FIRST_ZOOM] as number) <= z) ?? []
  if (!tile || features.length === 0) return null
  const plain = features.map((feature) => {
    const { [FIRST_ZOOM]: _, ...tags } = feature.tags ?? {}
    return { ...feature, tags }
  })
  return { ...tile, features: plain }
}

/** Tiles that cover the bounds. */
function* tilesIn([west, south, east, north]: Bounds, z: number): Generator<{ x: number; y: number }> {
  const count = 2 ** z
  const column = (lon: number) => Math.min(count - 1, Math.max(0, Math.floor(((lon + 180) / 360) * count)))
  const row = (lat: number) => {
    const sin = Math.sin((lat * Math.PI) / 180)
    const y = 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)
    return Math.min(count - 1, Math.max(0, Math.floor(y * count)))
  }
  for (let x = column(west); x <= column(east); x++) for (let y = row(north); y <= row(south); y++) yield { x, y }
}
