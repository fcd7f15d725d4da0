import type { Bounds } from '@doorstep/shared/domain'
import { clipLine } from '../geometry/clip.ts'
import { lineOf } from '../geometry/shapes.ts'
import type { OsmExtract } from '../read-extract.ts'
import { joinAlong } from './join-lines.ts'
import type { MapFeature } from './map-feature.ts'
import { isUnderground } from './road-kinds.ts'

/** How running water is drawn: a canal like a river, a ditch like a stream. */
const KINDS: Record<string, readonly [kind: string, minZoom: number]> = {
  river: ['river', 10],
  canal: ['river', 11],
  stream: ['stream', 13],
  ditch: ['stream', 15],
  drain: ['stream', 15],
}

/** Rivers and streams as lines, which also carry the river's name along its bed. */
export function waterwayFeatures(extract: OsmExtract, bounds: Bounds): MapFeature[] {
  const courses = new Map<
    string,
    { kind: string; name: string | undefined; minZoom: number; parts: { refs: number[]; isOneWay: boolean }[] }
  >()
  for (const { tags, refs } of extract.ways) {
    const found = KINDS[tags['waterway'] ?? '']
    if (!found || isUnderground(tags) || refs.length < 2) continue
    const [kind, minZoom] = found
    const key = `${kind} ${minZoom} ${tags['name'] ?? ''}`
    const course = courses.get(key) ?? { kind, name: tags['name'], minZoom, parts: [] }
    course.parts.push({ refs, isOneWay: true })
    courses.set(key, course)
  }
  return [...courses.values()].flatMap(({ kind, name, minZoom, parts }) =>
    joinAlong(parts)
      .flatMap((refs) => clipLine(lineOf(extract, refs), bounds))
      .map(
        (coordinates): MapFeature => ({
          layer: 'water',
          minZoom,
          properties: { kind, ...(name === undefined ? {} : { name }) },
          geometry: { type: 'LineString', coordinates },
        }),
      ),
  )
}
