import { z } from 'zod'
import type { DriverId, MenuItemId, MerchantId, OrderId, UserId, ZoneId } from '../domain/index.ts'

/** Who somebody is to the platform; a dispatcher may be limited to zones. */
export const ROLES = ['customer', 'driver', 'merchant', 'dispatcher', 'admin'] as const
export type Role = (typeof ROLES)[number]
export const role = z.enum(ROLES)

/** One route of the API: what it takes, who may call it, what it answers. The key is `METHOD /path/:param`. */
export interface RouteSpec {
  /** One line for the reader of the documentation. */
  summary: string
  description?: string
  /** The family it is listed under. */
  tag: string
  /** `public`, or the roles that may call it; anyone else signed in gets `forbidden`. */
  auth: 'public' | readonly Role[]
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /** The reply's schema; `z.null()` with status 204 for no body. */
  reply: z.ZodType
  /** Status of success, 200 unless said. */
  status?: 200 | 201 | 202 | 204
  /** Takes an `Idempotency-Key` and answers a repeat with the stored reply. */
  idempotent?: boolean
  /** Takes `If-Match` with the version expected and answers with an `ETag`. */
  versioned?: boolean
}

/** A table of routes, keyed `METHOD /path/:param`. */
export type RouteTable = Record<string, RouteSpec>

const idOf = <Id extends string>() => z.uuid() as unknown as z.ZodType<Id, string>
export const orderId = idOf<OrderId>()
export const merchantId = idOf<MerchantId>()
export const menuItemId = idOf<MenuItemId>()
export const userId = idOf<UserId>()
export const driverId = idOf<DriverId>()
export const zoneId = idOf<ZoneId>()

/** An id of anything that has no brand of its own. */
export const anyId = z.uuid()

/** A thousandth of a millimetre: what lies nearer to zero is zero, or a database that multiplies it has no number for the result. */
const LEAST_DEGREES = 1e-11
const orZero = (degrees: number) => (Math.abs(degrees) < LEAST_DEGREES ? 0 : degrees)
export const lat = z.number().min(-90).max(90).overwrite(orZero)
export const lon = z.number().min(-180).max(180).overwrite(orZero)
/** A place in degrees (WGS 84). */
export const latLon = z.object({ lat, lon })

/** A number in a query string. Blank parameters are dropped before the schema sees them. */
export const queryLat = z.coerce.number<number>().min(-90).max(90).overwrite(orZero)
export const queryLon = z.coerce.number<number>().min(-180).max(180).overwrite(orZero)

/** An amount in the currency's minor units (cents), never negative. */
export const money = z.int().min(0).max(100_000_000)
/** ISO 4217, for instance EUR. */
export const currency = z.string().regex(/^[A-Z]{3}$/, 'three capital letters, ISO 4217')

/** A moment in milliseconds since 1970, UTC. */
export const timeMs = z.int().min(0).max(8_640_000_000_000)
/** The version of a versioned thing, counting from 1. */
export const version = z.int().min(1).max(2_147_483_647)

/** Text that people type: trimmed, never blank, no control characters but line breaks. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused; PostgreSQL takes no NUL
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/u, 'no control characters')

/** Where the next page starts; opaque, taken from `nextCursor` of the page before. */
export const cursor = z.string().min(1).max(300)
/** How many to a page. */
export const limit = z.coerce.number<number>().int().min(1).max(100).default(20)
export const pageQuery = z.object({ cursor: cursor.optional(), limit })

/** A page of things; `nextCursor` is null on the last one. */
export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: cursor.nullable() })

/** The reply of a route that answers 204. */
export const nothing = z.null()
