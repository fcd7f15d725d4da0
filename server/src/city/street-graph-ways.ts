import { VEHICLES, type Vehicle } from '@doorstep/shared/domain'
import { ROAD_CLASSES, type RoadClass } from './street-graph-types.ts'

type Tags = Readonly<Record<string, string>>

/** The bit that stands for a vehicle in a mask. */
export const vehicleBit = (vehicle: Vehicle): number => 1 << VEHICLES.indexOf(vehicle)

const ALL = VEHICLES.reduce((mask, v) => mask | vehicleBit(v), 0)
const BICYCLE = vehicleBit('bicycle')
const MOTORS = ALL & ~BICYCLE

/** What a way's tags say to a router: who may ride it in which direction, its class, and a tagged speed limit. */
export interface RoadRules {
  roadClass: number
  forward: number
  backward: number
  /** Speed limit in km/h, 0 where none is tagged. */
  limitKph: number
}

const CLASS_OF_HIGHWAY: Record<string, RoadClass> = {
  motorway: 'motorway',
  motorway_link: 'motorway_link',
  trunk: 'trunk',
  trunk_link: 'trunk',
  primary: 'primary',
  primary_link: 'primary',
  secondary: 'secondary',
  secondary_link: 'secondary',
  tertiary: 'tertiary',
  tertiary_link: 'tertiary',
  unclassified: 'unclassified',
  road: 'unclassified',
  residential: 'residential',
  living_street: 'living_street',
  service: 'service',
  track: 'track',
  pedestrian: 'pedestrian',
  footway: 'pedestrian',
  path: 'path',
  bridleway: 'path',
  cycleway: 'cycleway',
}

/** Who may use a class when no access tag says otherwise. */
function defaultAccess(highway: string): number {
  if (highway === 'motorway' || highway === 'motorway_link') return MOTORS
  if (highway === 'footway' || highway === 'pedestrian' || highway === 'bridleway') return 0
  if (highway === 'path' || highway === 'cycleway') return BICYCLE
  return ALL
}

/** Access keys from the general to the particular; a later one overrides an earlier one (OSM wiki, Key:access). */
const ACCESS_KEYS: readonly (readonly [key: string, mask: number])[] = [
  ['access', ALL],
  ['vehicle', ALL],
  ['bicycle', BICYCLE],
  ['motor_vehicle', MOTORS],
  ['motorcar', vehicleBit('car') | vehicleBit('van')],
  ['goods', vehicleBit('van')],
  ['motorcycle', vehicleBit('motorcycle')],
]
const CLOSED = new Set(['no', 'private', 'agricultural', 'forestry', 'use_sidepath', 'dismount', 'military', 'emergency', 'psv'])
const OPEN = new Set(['yes', 'designated', 'permissive', 'destination', 'delivery', 'customers', 'permit', 'official'])

/** Applies access tags of a way or a barrier to who could pass without them. */
export function accessAfterTags(tags: Tags, fallback: number): number {
  let access = fallback
  for (const [key, mask] of ACCESS_KEYS) {
    const value = tags[key]
    if (value === undefined) continue
    if (CLOSED.has(value)) access &= ~mask
    else if (OPEN.has(value) && (key !== 'access' || fallback !== 0)) access |= mask
  }
  return access
}

/** Reads a way's tags; null where it is no road that any of our vehicles may ride. */
export function roadRules(tags: Tags): RoadRules | null {
  const highway = tags['highway']
  if (highway === undefined || tags['area'] === 'yes') return null
  const roadClass = CLASS_OF_HIGHWAY[highway]
  if (roadClass === undefined) return null
  const access = accessAfterTags(tags, defaultAccess(highway))
  if (access === 0) return null
  const [forward, backward] = directions(tags, highway, access)
  return { roadClass: ROAD_CLASSES.indexOf(roadClass), forward, backward, limitKph: limitKph(tags['maxspeed']) }
}

function directions(tags: Tags, highway: string, access: number): [forward: number, backward: number] {
  const oneway = tags['oneway']
  const round = tags['junction'] === 'roundabout' || tags['junction'] === 'circular'
  if (oneway === '-1' || oneway === 'reverse') return [access & contraflow(tags), access]
  const implied = oneway === undefined && (round || highway === 'motorway')
  if (oneway === 'yes' || oneway === 'true' || oneway === '1' || implied) return [access, access & contraflow(tags)]
  return [access, access]
}

/** Bicycles that may ride against a one-way street. */
function contraflow(tags: Tags): number {
  if (tags['oneway:bicycle'] === 'no') return BICYCLE
  for (const key of ['cycleway', 'cycleway:left', 'cycleway:right', 'cycleway:both']) {
    if (tags[key]?.startsWith('opposite')) return BICYCLE
  }
  return 0
}

const KPH_PER_MPH = 1.609344

function limitKph(maxspeed: string | undefined): number {
  const match = maxspeed === undefined ? null : /^(\d+(?:\.\d+)?)\s*(mph)?$/.exec(maxspeed)
  if (!match) return 0
  return Number(match[1]) * (match[2] === undefined ? 1 : KPH_PER_MPH)
}

const BLOCKING_BARRIERS = new Set(['bollard', 'block', 'cycle_barrier', 'chain', 'jersey_barrier', 'planter', 'log', 'debris'])
const SOLID_BARRIERS = new Set(['wall', 'fence', 'hedge', 'ditch', 'city_wall'])

/** Who may pass a tagged node on a road: bollards stop motors, a closed gate whoever its access tags name. */
export function passesNode(tags: Tags): number {
  const barrier = tags['barrier']
  if (barrier === undefined) return ALL
  if (SOLID_BARRIERS.has(barrier)) return accessAfterTags(tags, 0)
  return accessAfterTags(tags, BLOCKING_BARRIERS.has(barrier) ? BICYCLE : ALL)
}

/** Everyone: the answer of `passesNode` for a node that stops nobody. */
export const EVERY_VEHICLE = ALL
