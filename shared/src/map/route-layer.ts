import type { FeatureCollection, LineString, Point } from 'geojson'
import type { GeoJSONSource, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import type { LatLon } from '../domain/index.ts'
import { MAP_FONTS } from './flavor.ts'
import { MAP_PALETTES, type MapTheme } from './palette.ts'
import { addLayers, repaint, type Themed } from './themed-layers.ts'

/** A stop on the shown route. */
export interface RouteStop extends LatLon {
  kind: 'pickup' | 'drop'
  /** Planned is hollow, done is filled, `selected` are the selected order's own. */
  look: 'planned' | 'done' | 'selected'
  /** Two characters inside the mark: the order's last two digits. */
  tag: string
  /** A few words beside it, such as the ETA. */
  caption?: string
}

/** Everything drawn for what is selected; lines are [lon, lat] pairs. */
export interface ShownRoute {
  ahead?: [number, number][]
  ridden?: [number, number][]
  /** What the route would become: dashed. */
  preview?: [number, number][]
  /** The selected order's pickup and drop, joined by a thin dotted line. */
  pair?: [LatLon, LatLon]
  stops: RouteStop[]
}

/** The route of what is selected: ahead as a solid accent line, ridden dotted, a preview dashed, stops as marks. */
export interface RouteLayer extends Themed {
  show(route: ShownRoute | undefined): void
}

const LINES = 'route-lines'
const STOPS = 'route-stops'

/** Adds the empty route layers to a loaded map. */
export function addRouteLayer(map: MapLibreMap, theme: MapTheme, beforeId?: string): RouteLayer {
  map.addSource(LINES, { type: 'geojson', data: linesOf(undefined) })
  map.addSource(STOPS, { type: 'geojson', data: stopsOf(undefined) })
  let current = theme
  addLayers(map, routeLayers(theme), beforeId)
  return {
    show(route) {
      void map.getSource<GeoJSONSource>(LINES)?.setData(linesOf(route))
      void map.getSource<GeoJSONSource>(STOPS)?.setData(stopsOf(route))
    },
    setTheme(next) {
      repaint(map, routeLayers(current), routeLayers(next))
      current = next
    },
  }
}

type Lines = FeatureCollection<LineString, { part: string }>
type Stops = FeatureCollection<Point, { icon: string; tag: string; caption: string; selected: boolean }>

/** The route's lines as GeoJSON, one feature a part. */
export function linesOf(route: ShownRoute | undefined): Lines {
  const pair = route?.pair?.map(({ lon, lat }) => [lon, lat])
  const parts = { ahead: route?.ahead, ridden: route?.ridden, preview: route?.preview, pair }
  return {
    type: 'FeatureCollection',
    features: Object.entries(parts).flatMap(([part, coordinates]) =>
      coordinates && coordinates.length > 1
        ? [{ type: 'Feature' as const, properties: { part }, geometry: { type: 'LineString' as const, coordinates } }]
        : [],
    ),
  }
}

/** The route's stops as GeoJSON, the selected order's own last so that they lie on top. */
export function stopsOf(route: ShownRoute | undefined): Stops {
  const stops = [...(route?.stops ?? [])].sort((a, b) => Number(a.look === 'selected') - Number(b.look === 'selected'))
  return {
    type: 'FeatureCollection',
    features: stops.map((stop) => ({
      type: 'Feature',
      properties: {
        icon: `stop-${stop.kind}-${stop.look}`,
        tag: stop.tag,
        caption: stop.caption ?? '',
        selected: stop.look === 'selected',
      },
      geometry: { type: 'Point', coordinates: [stop.lon, stop.lat] },
    })),
  }
}

function routeLayers(theme: MapTheme): LayerSpecification[] {
  const p = MAP_PALETTES[theme]
  const line = (id: string, part: string, paint: object, opacity = 1): LayerSpecification => ({
    id,
    type: 'line',
    source: LINES,
    filter: ['==', ['get', 'part'], part],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-opacity': opacity, ...paint },
  })
  return [
    line('route-pair', 'pair', { 'line-color': p.accent, 'line-width': 1.25, 'line-dasharray': [1.6, 2.4] }),
    line('route-ridden', 'ridden', { 'line-color': p.accent, 'line-width': 2, 'line-dasharray': [0.05, 2.5] }, 0.8),
    line('route-halo', 'ahead', { 'line-color': p.land, 'line-width': 7 }, 0.9),
    line('route-ahead', 'ahead', { 'line-color': p.accent, 'line-width': 3 }),
    line('route-preview-halo', 'preview', { 'line-color': p.land, 'line-width': 6 }),
    line('route-preview', 'preview', { 'line-color': p.accent, 'line-width': 2.5, 'line-dasharray': [2.8, 2] }),
    captionLayer(theme),
    stopLayer(theme),
  ]
}

function stopLayer(theme: MapTheme): LayerSpecification {
  const p = MAP_PALETTES[theme]
  return {
    id: STOPS,
    type: 'symbol',
    source: STOPS,
    layout: {
      'icon-image': ['get', 'icon'],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'text-field': ['get', 'tag'],
      'text-font': [MAP_FONTS.bold],
      'text-size': 10,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': ['case', ['in', 'planned', ['get', 'icon']], p.accentInk, p.accentOn] },
  }
}

function captionLayer(theme: MapTheme): LayerSpecification {
  const p = MAP_PALETTES[theme]
  return {
    id: 'route-captions',
    type: 'symbol',
    source: STOPS,
    filter: ['!=', ['get', 'caption'], ''],
    layout: {
      'text-field': ['get', 'caption'],
      'text-font': [MAP_FONTS.bold],
      'text-size': 11,
      'text-anchor': 'bottom',
      'text-offset': [0, -1.1],
      'text-allow-overlap': true,
      'text-max-width': 30,
    },
    paint: { 'text-color': p.ink, 'text-halo-color': p.land, 'text-halo-width': 1.75 },
  }
}
