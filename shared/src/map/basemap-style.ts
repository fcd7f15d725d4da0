import { layers as protomapsLayers } from '@protomaps/basemaps'
import type { FontFacesSpecification, LayerSpecification, StyleSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import { buildingEdge, dispatchFlavor, MAP_FONTS } from './flavor.ts'
import { MAP_PALETTES, type MapTheme } from './palette.ts'

/** The source every basemap layer reads. */
export const BASEMAP_SOURCE = 'basemap'
/** The licence line of OpenStreetMap data; every map shows it. */
export const ATTRIBUTION = '© OpenStreetMap contributors'

/** What a basemap is drawn from; nothing in the style points outside the page's own server. */
export interface BasemapOptions {
  theme: MapTheme
  /** A `.pmtiles` archive (absolute or page-relative URL), or a template with `{z}`, `{x}` and `{y}`. */
  tilesUrl: string
  /** Packaged font files; without them the browser's sans-serif draws the labels. */
  fontFaces?: FontFacesSpecification
  /** The deepest zoom in the archive, from which the map overzooms; only needed for templates. */
  maxTileZoom?: number
}

/** Layers of the Protomaps style that a dispatcher does not need, or that need icons nobody ships. */
const DROPPED = new Set(['landcover', 'roads_shields', 'roads_oneway', 'pois', 'places_region', 'places_country', 'boundaries'])

/** The places worth a name on a dispatch map: landmarks to steer by, not shops. */
const LANDMARKS = ['park', 'station', 'hospital', 'university', 'stadium', 'townhall', 'aerodrome', 'ferry_terminal', 'museum']

/** Landmarks large enough to be named a zoom earlier. */
const BIG_LANDMARKS = ['station', 'hospital', 'park', 'aerodrome', 'stadium']

/** A complete MapLibre style of one theme; both themes have the same layers, so only paint differs between them. */
export function basemapStyle(options: BasemapOptions): StyleSpecification {
  const kept = protomapsLayers(BASEMAP_SOURCE, dispatchFlavor(options.theme), { lang: 'en' })
    .filter((layer) => !DROPPED.has(layer.id))
    .map((layer) => tuned(layer, options.theme))
  const source = options.tilesUrl.includes('{z}')
    ? { tiles: [options.tilesUrl], maxzoom: options.maxTileZoom ?? 15 }
    : { url: `pmtiles://${options.tilesUrl}` }
  return {
    version: 8,
    name: `Doorstep ${options.theme}`,
    ...(options.fontFaces ? { 'font-faces': options.fontFaces } : {}),
    sources: { [BASEMAP_SOURCE]: { type: 'vector', attribution: ATTRIBUTION, ...source } },
    layers: [...kept, landmarkLayer(options.theme)],
  }
}

/** Local names only (a dispatcher reads what the street sign says), quieter sizes, and the look's place labels. */
function tuned(layer: LayerSpecification, theme: MapTheme): LayerSpecification {
  if (layer.id === 'buildings') {
    const opacity = ['interpolate', ['linear'], ['zoom'], 13.5, 0, 15, 0.55, 16.5, 1]
    return {
      ...layer,
      minzoom: 13.5,
      paint: { ...layer.paint, 'fill-opacity': opacity, 'fill-outline-color': buildingEdge(theme) },
    } as LayerSpecification
  }
  if (layer.type === 'line' && layer.id.startsWith('roads_'))
    return { ...layer, paint: widened(layer.paint ?? {}, layer.id) } as LayerSpecification
  if (layer.type !== 'symbol') return layer
  const layout = { ...layer.layout }
  if (layer.id !== 'address_label') layout['text-field'] = ['get', 'name']
  Object.assign(layout, LABELS[layer.id])
  const paint = { ...layer.paint, 'text-halo-width': 1.5, 'text-halo-color': haloOf(layer.id, theme) }
  return { ...layer, layout, paint }
}

/** Roads are the map's skeleton here, so they are drawn wider than Protomaps does; casings stay hairlines. */
const ROAD_WIDTH = 1.3

function widened(paint: object, layerId: string): Record<string, unknown> {
  const widths = layerId.includes('casing') ? ['line-gap-width'] : ['line-width']
  return Object.fromEntries(Object.entries(paint).map(([name, value]) => [name, widths.includes(name) ? scaled(value) : value]))
}

/** Every other member of an interpolation after its input is an output. */
const scaled = (value: unknown): unknown =>
  Array.isArray(value) && value[0] === 'interpolate'
    ? value.map((part, i) => (i > 3 && i % 2 === 0 && typeof part === 'number' ? part * ROAD_WIDTH : part))
    : value

const haloOf = (layerId: string, theme: MapTheme) =>
  layerId.startsWith('water_') ? MAP_PALETTES[theme].water : MAP_PALETTES[theme].land

const LABELS: Record<string, SymbolLayerSpecification['layout']> = {
  places_subplace: {
    'text-font': [MAP_FONTS.bold],
    'text-transform': 'none',
    'text-letter-spacing': 0.02,
    'text-size': ['interpolate', ['linear'], ['zoom'], 11, 10, 13, 11.5, 17, 14],
  },
  places_locality: {
    'text-font': [MAP_FONTS.bold],
    'icon-image': '',
    'text-size': ['interpolate', ['linear'], ['zoom'], 9, 12, 13, 14, 17, 16],
  },
  roads_labels_major: { 'text-size': ['interpolate', ['linear'], ['zoom'], 12, 9.5, 15, 11, 18, 12], 'symbol-spacing': 320 },
  roads_labels_minor: { 'text-size': ['interpolate', ['linear'], ['zoom'], 15, 10, 18, 12], 'symbol-spacing': 320 },
  water_waterway_label: { 'text-size': 11.5, 'text-letter-spacing': 0.12 },
  address_label: { 'text-size': 10, 'text-font': [MAP_FONTS.regular] },
}

function landmarkLayer(theme: MapTheme): SymbolLayerSpecification {
  const { label, land } = MAP_PALETTES[theme]
  return {
    id: 'landmarks',
    type: 'symbol',
    source: BASEMAP_SOURCE,
    'source-layer': 'pois',
    minzoom: 14,
    filter: [
      'all',
      ['in', ['get', 'kind'], ['literal', LANDMARKS]],
      ['has', 'name'],
      ['>=', ['zoom'], ['match', ['get', 'kind'], BIG_LANDMARKS, 14, 15.5]],
    ],
    layout: {
      'text-field': ['get', 'name'],
      'text-font': [MAP_FONTS.regular],
      'text-size': ['interpolate', ['linear'], ['zoom'], 14, 9.5, 18, 11.5],
      'text-max-width': 8,
      'text-padding': 8,
      'icon-image': ['match', ['get', 'kind'], 'station', 'map-station', 'hospital', 'map-hospital', 'park', '', 'map-dot'],
      'icon-optional': true,
      'text-variable-anchor': ['left', 'right', 'top'],
      'text-radial-offset': 0.8,
      'text-justify': 'auto',
    },
    paint: { 'text-color': label, 'text-halo-color': land, 'text-halo-width': 1.5, 'icon-opacity': 0.8 },
  }
}
