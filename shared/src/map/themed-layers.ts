import type { LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import type { MapTheme } from './palette.ts'

/** Layers that can be repainted for another theme while they stay on the map. */
export interface Themed {
  setTheme(theme: MapTheme): void
}

/** Adds layers on top of the map, or below `beforeId`. */
export function addLayers(map: MapLibreMap, layers: LayerSpecification[], beforeId?: string): void {
  for (const layer of layers) map.addLayer(layer, beforeId)
}

/** Repaints layers that are already on the map: only what differs is set, nothing is removed or fetched again. */
export function repaint(map: MapLibreMap, from: LayerSpecification[], to: LayerSpecification[]): void {
  const before = new Map(from.map((layer) => [layer.id, paintOf(layer)]))
  for (const layer of to) {
    if (!map.getLayer(layer.id)) continue
    const old = before.get(layer.id) ?? {}
    for (const [name, value] of Object.entries(paintOf(layer))) {
      if (JSON.stringify(old[name]) !== JSON.stringify(value)) map.setPaintProperty(layer.id, name as never, value as never)
    }
  }
}

const paintOf = (layer: LayerSpecification): Record<string, unknown> =>
  'paint' in layer && layer.paint ? { ...layer.paint } : {}
