import type { Bounds } from '@doorstep/shared/domain'
import { clipLine } from '../geometry/clip.ts'
import { lineOf } from '../geometry/shapes.ts'
import type { OsmExtract, OsmTags } from '../read-extract.ts'
import { joinAlong, type NodeLine } from './join-lines.ts'
import type { MapFeature } from './map-feature.ts'
import { isBridge, isUnderground, type LineKind, lineKind } from './road-kinds.ts'

/**
 * Streets, paths and rails. Ways of one street that meet end to end become one line, so that its name fits on it and
 * the tiles stay small.
 */
export function roadFeatures(extract: OsmExtract, bounds: Bounds): MapFeature[] {
  const lines = new Map<string, { properties: MapFeature['properties']; minZoom: number; parts: NodeLine[] }>()
  for (const way of extract.ways) {
    const kind = lineKind(way.tags)
    if (kind === null || way.refs.length < 2) continue
    const properties = propertiesOf(kind, way.tags)
    const key = JSON.stringify([properties, kind.minZoom])
    const line = lines.get(key) ?? { properties, minZoom: kind.minZoom, parts: [] }
    line.parts.push({ refs: way.tags['oneway'] === '-1' ? way.refs.toReversed() : way.refs, isOneWay: 'oneway' in properties })
    lines.set(key, line)
  }
  const features: MapFeature[] = []
  for (const { properties, minZoom, parts } of lines.values()) {
    for (const refs of joinAlong(parts)) {
      for (const coordinates of clipLine(lineOf(extract, refs), bounds)) {
        features.push({ layer: 'roads', minZoom, properties, geometry: { type: 'LineString', coordinates } })
      }
    }
  }
  return features
}

const ONE_WAY = new Set(['yes', 'true', '1', '-1'])

function propertiesOf({ kind, detail, minZoom, isLink }: LineKind, tags: OsmTags): MapFeature['properties'] {
  const name = isLink ? undefined : (tags['name'] ?? (kind === 'highway' ? tags['ref'] : undefined))
  const isStreet = kind === 'highway' || kind === 'major_road' || kind === 'minor_road'
  return {
    kind,
    kind_detail: detail,
    min_zoom: minZoom,
    ...(name === undefined ? {} : { name }),
    ...(isLink ? { is_link: true } : {}),
    ...(isUnderground(tags) ? { is_tunnel: true } : isBridge(tags) ? { is_bridge: true } : {}),
    ...(isStreet && ONE_WAY.has(tags['oneway'] ?? '') ? { oneway: 'yes' } : {}),
  }
}
