import { basename } from 'node:path'
import { inBounds } from '../geometry/plane.ts'
import type { OsmExtract } from '../read-extract.ts'
import { CityPackError } from './pack-error.ts'

const NAME = /^[a-z0-9][a-z0-9-]{0,59}$/

/** A pack's folder name: what was asked for, or the file's name in small letters; throws where that makes none. */
export function nameOf({ name, file }: { name?: string | undefined; file: string }): string {
  const made = (name ?? basename(file).replace(/(\.osm)?\.pbf$/i, '')).toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const trimmed = made.replace(/^-+|-+$/g, '')
  if (NAME.test(trimmed)) return trimmed
  throw new CityPackError(
    'bad_option',
    `"${name ?? file}" makes no name for a city; give one with --name, of letters, digits and dashes.`,
  )
}

/** Larger kinds of place first; a village among many would be a wrong name for a region. */
const TOWNS = ['city', 'town']

/** What people call the place: what was asked for, the largest town in it, or the pack's name. */
export function titleOf({ title, name }: { title?: string | undefined; name: string }, { nodes, bounds }: OsmExtract): string {
  if (title !== undefined) return title
  const towns = nodes.filter(
    (node) => TOWNS.includes(node.tags['place'] ?? '') && node.tags['name'] !== undefined && inBounds(bounds, node),
  )
  const rank = (node: (typeof towns)[number]) => TOWNS.indexOf(node.tags['place']!) * 1e9 - (Number(node.tags['population']) || 0)
  towns.sort((a, b) => rank(a) - rank(b))
  return towns[0]?.tags['name'] ?? name.replaceAll('-', ' ').replace(/\b\p{L}/gu, (letter) => letter.toUpperCase())
}
