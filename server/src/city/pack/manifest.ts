import type { Bounds, LatLon, PolygonRings } from '@doorstep/shared/domain'
import { z } from 'zod'

/** Rises when a pack is made differently: packs of an older number are built again from their source. */
export const IMPORTER_VERSION = 1

const degrees = z.number()
const latLon = z.object({ lat: degrees, lon: degrees })

/** What `pack.json` says about a city. */
export interface CityManifest {
  importerVersion: number
  /** Folder of the pack, and the source of its zone in the catalogue. */
  name: string
  /** What people call the place. */
  title: string
  /** Where the data ends. */
  bounds: Bounds
  /** Where a map begins: the middle of the zone's places. */
  centre: LatLon
  /** IANA name. */
  timeZone: string
  /** ISO 4217. */
  currency: string
  /** ISO 3166. */
  country: string
  /** BCP 47, for numbers and dates as the place writes them. */
  locale: string
  /** The one service area. */
  zone: PolygonRings
  /** The licence line every map of it shows. */
  attribution: string
  /** A town that does not exist. */
  isGenerated: boolean
  /** Without basemap, merchants and addresses: made from streets alone. */
  isRoutingOnly: boolean
  /** False where Valhalla has no program for this machine; routes then come from elsewhere. */
  hasTiles: boolean
  /** What it was made from and how: the same means that nothing needs to be built. */
  source: { file: string; fingerprint: string }
  counts: CityCounts
}

/** How much was found. */
export interface CityCounts {
  streets: number
  addresses: number
  approximateAddresses: number
  merchants: number
  merchantsWithHours: number
  graphVertices: number
  graphEdges: number
  mapTiles: number
}

const whole = z.int().nonnegative()

/** Checks a stored manifest; a pack of another version fails it. */
export const manifestSchema = z.object({
  importerVersion: z.literal(IMPORTER_VERSION),
  name: z.string(),
  title: z.string(),
  bounds: z.tuple([degrees, degrees, degrees, degrees]),
  centre: latLon,
  timeZone: z.string(),
  currency: z.string(),
  country: z.string(),
  locale: z.string(),
  zone: z.array(z.array(z.tuple([degrees, degrees]))),
  attribution: z.string(),
  isGenerated: z.boolean(),
  isRoutingOnly: z.boolean(),
  hasTiles: z.boolean(),
  source: z.object({ file: z.string(), fingerprint: z.string() }),
  counts: z.object({
    streets: whole,
    addresses: whole,
    approximateAddresses: whole,
    merchants: whole,
    merchantsWithHours: whole,
    graphVertices: whole,
    graphEdges: whole,
    mapTiles: whole,
  }),
}) satisfies z.ZodType<CityManifest>
