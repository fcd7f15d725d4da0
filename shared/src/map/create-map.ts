import { AttributionControl, type CustomLayerInterface, Map as MapLibreMap, type MapOptions, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import 'maplibre-gl/dist/maplibre-gl.css'
import './map.css'
import type { Bounds, LatLon } from '../domain/index.ts'
import { ATTRIBUTION, type BasemapOptions, basemapStyle } from './basemap-style.ts'
import { mapFontFaces } from './font-faces.ts'
import { addMapIcons } from './map-icons.ts'
import type { MapTheme } from './palette.ts'
import { repaint, type Themed } from './themed-layers.ts'
import { registerTilesProtocol } from './tiles-protocol.ts'

/** How a map is made. */
export interface CreateMapOptions {
  theme: MapTheme
  /** The city's basemap, usually `/city/basemap.pmtiles`. */
  tilesUrl: string
  /** The city's bounds; the map cannot be dragged far beyond them. */
  bounds?: Bounds
  center?: LatLon
  zoom?: number
  minZoom?: number
  maxZoom?: number
  /** False for a picture that does not react. */
  interactive?: boolean
  /** Who the map's data is from, where more is to be said than the licence line of OpenStreetMap. */
  attribution?: string
  /** What a screen reader calls the map. */
  label?: string
}

/** A MapLibre map with Doorstep's basemap, and what is needed to keep it in theme. */
export interface DoorstepMap {
  map: MapLibreMap
  /** Resolves when layers may be added. */
  ready: Promise<void>
  theme(): MapTheme
  /** Repaints the basemap, the icons and every kept layer; nothing is removed. */
  setTheme(theme: MapTheme): void
  /** Keeps a layer in theme from now on. */
  keep<T extends Themed>(layer: T): T
  /** Adds a GPU layer on top and keeps it in theme; it comes back by itself when the graphics context was lost. */
  addCustom<T extends CustomLayerInterface & Themed>(layer: T): T
  remove(): void
}

/** How far beyond the city the map may be dragged, as a share of its size. */
const SLACK = 0.15

/** Makes a map in a container that has a size; north stays up and the attribution is always visible. */
export function createMap(container: HTMLElement, options: CreateMapOptions): DoorstepMap {
  setWorkerUrl(new URL(workerUrl, document.baseURI).href)
  registerTilesProtocol()
  const basemap: BasemapOptions = { theme: options.theme, tilesUrl: absolute(options.tilesUrl), fontFaces: mapFontFaces() }
  const map = new MapLibreMap({ container, style: basemapStyle(basemap), ...viewOptions(options) })
  map.addControl(
    new AttributionControl({ compact: false, customAttribution: options.attribution ?? ATTRIBUTION }),
    'bottom-right',
  )
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  map.getCanvas().setAttribute('aria-label', options.label ?? 'Map')
  let theme = options.theme
  const kept = new Set<Themed>()
  const ready = new Promise<void>((resolve) => {
    map.once('style.load', () => {
      addMapIcons(map, theme)
      resolve()
    })
  })
  return {
    map,
    ready,
    theme: () => theme,
    setTheme(next) {
      if (next === theme) return
      repaint(map, basemapStyle({ ...basemap, theme }).layers, basemapStyle({ ...basemap, theme: next }).layers)
      theme = next
      addMapIcons(map, next)
      for (const layer of kept) layer.setTheme(next)
    },
    keep(layer) {
      kept.add(layer)
      return layer
    },
    addCustom(layer) {
      kept.add(layer)
      map.addLayer(layer)
      const addAgain = () => {
        if (!map.getLayer(layer.id)) map.addLayer(layer)
      }
      map.on('webglcontextrestored', () => {
        if (map.isStyleLoaded()) addAgain()
        else map.once('style.load', addAgain)
      })
      return layer
    },
    remove: () => map.remove(),
  }
}

/** Whether the person asked their system for less motion; markers then jump instead of gliding. */
export const prefersLessMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches

function viewOptions(options: CreateMapOptions): Partial<MapOptions> {
  const { bounds, center } = options
  return {
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    minZoom: options.minZoom ?? 10,
    maxZoom: options.maxZoom ?? 19,
    interactive: options.interactive ?? true,
    fadeDuration: prefersLessMotion() ? 0 : 200,
    ...(bounds ? { maxBounds: padded(bounds) } : {}),
    ...(center
      ? { center: [center.lon, center.lat] as [number, number], zoom: options.zoom ?? 14 }
      : bounds
        ? { bounds: [...bounds] }
        : {}),
  }
}

function padded([w, s, e, n]: Bounds): [number, number, number, number] {
  const dx = (e - w) * SLACK
  const dy = (n - s) * SLACK
  return [w - dx, s - dy, e + dx, n + dy]
}

const absolute = (url: string) => new URL(url, document.baseURI).href.replaceAll('%7B', '{').replaceAll('%7D', '}')
