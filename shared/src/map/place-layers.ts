import type { Feature, FeatureCollection } from 'geojson'
import type { GeoJSONSource, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import type { LatLon, PolygonRings } from '../domain/index.ts'
import { MAP_FONTS } from './flavor.ts'
import { MAP_PALETTES, type MapTheme } from './palette.ts'
import { addLayers, repaint, type Themed } from './themed-layers.ts'

/** A quiet mark on the map. */
export interface PlaceMark extends LatLon {
  id: string
  /** Shown from street level on. */
  name?: string
  /** Only shown from the scale of a neighbourhood on. */
  isQuiet?: boolean
}

/** How many drivers are around a place, for maps too far out to show each. */
export interface DriverCell extends LatLon {
  idle: number
  busy: number
}

/** Merchants as small squares, open drops as small circles, the pairs between them, and the zone's outline. */
export interface PlaceLayers extends Themed {
  setMerchants(merchants: readonly PlaceMark[]): void
  setDrops(drops: readonly PlaceMark[]): void
  /** Thin lines from each order's pickup to its drop. */
  setPairs(pairs: readonly (readonly [LatLon, LatLon])[]): void
  setZones(zones: readonly PolygonRings[]): void
  setCells(cells: readonly DriverCell[]): void
  setVisible(what: PlaceKind, visible: boolean): void
}
export type PlaceKind = 'merchants' | 'drops' | 'zones'

const KINDS: Record<PlaceKind, string[]> = {
  merchants: ['place-merchants'],
  drops: ['place-pairs', 'place-drops'],
  zones: ['place-zones'],
}
const SOURCES = ['place-zones', 'place-pairs', 'place-drops', 'place-merchants', 'place-cells'] as const
type Source = (typeof SOURCES)[number]

/** Adds the empty place layers to a loaded map. */
export function addPlaceLayers(map: MapLibreMap, theme: MapTheme, beforeId?: string): PlaceLayers {
  let current = theme
  for (const id of SOURCES) map.addSource(id, { type: 'geojson', data: collection([]) })
  addLayers(map, placeLayers(theme), beforeId)
  const show = (id: Source, features: Feature[]) => map.getSource<GeoJSONSource>(id)?.setData(collection(features))
  return {
    setMerchants: (merchants) => show('place-merchants', merchants.map(pointOf)),
    setDrops: (drops) => show('place-drops', drops.map(pointOf)),
    setPairs: (pairs) => show('place-pairs', pairs.map(lineOf)),
    setZones: (zones) => show('place-zones', zones.map(outlineOf)),
    setCells: (cells) => show('place-cells', cells.map(cellOf)),
    setVisible(what, visible) {
      for (const id of KINDS[what]) map.setLayoutProperty(id, 'visibility', visible ? 'visible' : 'none')
    },
    setTheme(next) {
      repaint(map, placeLayers(current), placeLayers(next))
      current = next
    },
  }
}

const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })

const pointOf = ({ id, name, isQuiet, lon, lat }: PlaceMark): Feature => ({
  type: 'Feature',
  properties: { id, name: name ?? '', isQuiet: isQuiet ?? false },
  geometry: { type: 'Point', coordinates: [lon, lat] },
})

const cellOf = ({ lon, lat, idle, busy }: DriverCell): Feature => ({
  type: 'Feature',
  properties: { count: idle + busy, busyShare: busy / Math.max(1, idle + busy) },
  geometry: { type: 'Point', coordinates: [lon, lat] },
})

const lineOf = ([a, b]: readonly [LatLon, LatLon]): Feature => ({
  type: 'Feature',
  properties: {},
  geometry: {
    type: 'LineString',
    coordinates: [
      [a.lon, a.lat],
      [b.lon, b.lat],
    ],
  },
})

const outlineOf = (rings: PolygonRings): Feature => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'MultiLineString', coordinates: rings },
})

function placeLayers(theme: MapTheme): LayerSpecification[] {
  const p = MAP_PALETTES[theme]
  return [
    {
      id: 'place-zones',
      type: 'line',
      source: 'place-zones',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': p.ink3, 'line-width': 1.25, 'line-opacity': 0.5, 'line-dasharray': [4, 3] },
    },
    { id: 'place-pairs', type: 'line', source: 'place-pairs', paint: { 'line-color': p.ink3, 'line-opacity': 0.18 } },
    markLayer('place-drops', 'mark-drop', theme),
    markLayer('place-merchants', 'mark-merchant', theme),
    ...cellLayers(theme),
  ]
}

function markLayer(id: Source, icon: string, theme: MapTheme): LayerSpecification {
  const p = MAP_PALETTES[theme]
  return {
    id,
    type: 'symbol',
    source: id,
    layout: {
      'icon-image': icon,
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'icon-size': ['interpolate', ['linear'], ['zoom'], 11, 0.6, 14, 1],
      'text-field': ['step', ['zoom'], '', 16, ['get', 'name']],
      'text-font': [MAP_FONTS.regular],
      'text-size': 11,
      'text-optional': true,
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
      'text-radial-offset': 0.7,
      'text-max-width': 9,
    },
    paint: {
      'icon-opacity': ['step', ['zoom'], ['case', ['get', 'isQuiet'], 0, 0.75], 14.5, ['case', ['get', 'isQuiet'], 0.45, 0.75]],
      'text-color': p.ink2,
      'text-halo-color': p.land,
      'text-halo-width': 1.5,
    },
  }
}

/** A disc a cell, its number inside; blue where most are on the way, green where most are idle. */
function cellLayers(theme: MapTheme): LayerSpecification[] {
  const p = MAP_PALETTES[theme]
  return [
    {
      id: 'place-cells',
      type: 'circle',
      source: 'place-cells',
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'count']], 1, 8, 30, 26],
        'circle-color': ['case', ['>=', ['get', 'busyShare'], 0.5], p.moving, p.idle],
        'circle-opacity': 0.85,
        'circle-stroke-color': p.land,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'place-cell-counts',
      type: 'symbol',
      source: 'place-cells',
      layout: {
        'text-field': ['to-string', ['get', 'count']],
        'text-font': [MAP_FONTS.bold],
        'text-size': 11,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': p.bg },
    },
  ]
}
