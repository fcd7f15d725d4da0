import { z } from 'zod'
import { VEHICLES } from '../domain/index.ts'
import {
  currency,
  driverId,
  lat,
  latLon,
  lon,
  money,
  orderId,
  queryLat,
  queryLon,
  type RouteTable,
  text,
  timeMs,
  version,
} from './primitives.ts'

/** A position as a driver's device reports it. */
export const positionFix = z.object({
  lat,
  lon,
  atMs: timeMs.describe('The device’s time of the fix'),
  seq: z.int().min(0).max(4_294_967_295).describe('Counts up on the device; a lower one never moves the driver back'),
  courseDeg: z.number().min(0).max(360).nullable().default(null),
  speedMps: z.number().min(0).max(120).nullable().default(null),
  accuracyM: z.number().min(0).max(100_000).nullable().default(null),
  battery: z.number().min(0).max(1).nullable().default(null),
})
export type PositionFix = z.input<typeof positionFix>

/** A place a driver goes to: a pickup or a drop. */
export const stop = z.object({
  orderId,
  number: z.int(),
  kind: z.enum(['pickup', 'drop']),
  place: latLon,
  name: z.string().describe('The merchant’s name, or the customer’s'),
  address: z.string(),
  details: z.string().nullable(),
  note: z.string().nullable(),
  readyAtMs: timeMs.nullable().describe('Pickups: when the kitchen expects to be ready'),
  isReady: z.boolean(),
  arrivedAtMs: timeMs.nullable(),
  etaMs: timeMs.nullable(),
  version,
  itemCount: z.int(),
})
export type Stop = z.infer<typeof stop>

/** A line as [lon, lat] pairs in degrees. */
export const lineString = z.array(z.tuple([z.number(), z.number()]))

/** A driver's ordered stops and the way between them. */
export const driverRoute = z.object({
  stops: z.array(stop),
  geometry: lineString.describe('From the driver through all stops; empty without stops'),
  distanceM: z.number(),
  durationS: z.number(),
  computedAtMs: timeMs,
})
export type DriverRoute = z.infer<typeof driverRoute>

/** An order shown to a driver, who has until `expiresAtMs`. */
export const offer = z.object({
  id: z.uuid(),
  orderId,
  number: z.int(),
  offeredAtMs: timeMs,
  expiresAtMs: timeMs,
  payMinor: money,
  tipMinor: money,
  currency,
  merchant: z.object({ name: z.string(), place: latLon, address: z.string() }),
  drop: z.object({ place: latLon, address: z.string() }),
  readyAtMs: timeMs.nullable(),
  toPickupM: z.number(),
  toPickupS: z.number(),
  legM: z.number(),
  legS: z.number(),
  itemCount: z.int(),
})
export type Offer = z.infer<typeof offer>

/** A driver's own profile. */
export const driverProfile = z.object({
  id: driverId,
  name: z.string(),
  vehicle: z.enum(VEHICLES),
  rating: z.number(),
  acceptanceRate: z.number().min(0).max(1),
  maxOrders: z.int(),
})

/** Everything the driver's screen starts from. */
export const driverState = z.object({
  driver: driverProfile,
  shift: z.object({ startedAtMs: timeMs, endsAtMs: timeMs.nullable() }).nullable().describe('Null while offline'),
  place: latLon.nullable().describe('Where I was last seen'),
  offers: z.array(offer),
  route: driverRoute,
})
export type DriverState = z.infer<typeof driverState>

const forOrder = z.object({ orderId })

/** Routes of drivers. */
export const driverRoutes = {
  'GET /driver': { summary: 'My state: shift, offers, route', tag: 'driver', auth: ['driver'], reply: driverState },
  'POST /driver/go-online': {
    summary: 'Start a shift where I am',
    tag: 'driver',
    auth: ['driver'],
    body: z.object({ position: positionFix.optional(), endsAtMs: timeMs.nullable().default(null) }),
    reply: driverState,
  },
  'POST /driver/go-offline': {
    summary: 'End my shift; refused while carrying orders',
    tag: 'driver',
    auth: ['driver'],
    reply: driverState,
  },
  'POST /driver/location': {
    summary: 'Report positions where there is no socket',
    tag: 'driver',
    auth: ['driver'],
    body: z.object({ fixes: z.array(positionFix).min(1).max(100) }),
    reply: z.object({ accepted: z.int(), rejected: z.array(z.object({ seq: z.int(), rule: z.string() })) }),
  },
  'POST /driver/offers/:orderId/accept': {
    summary: 'Take an offered order',
    tag: 'driver',
    auth: ['driver'],
    params: forOrder,
    reply: driverState,
    idempotent: true,
  },
  'POST /driver/offers/:orderId/decline': {
    summary: 'Decline an offered order',
    tag: 'driver',
    auth: ['driver'],
    params: forOrder,
    body: z.object({ reason: text(200).optional() }),
    reply: driverState,
    idempotent: true,
  },
  'GET /driver/route': { summary: 'My stops and the way between them', tag: 'driver', auth: ['driver'], reply: driverRoute },
  'GET /driver/earnings': {
    summary: 'What I earned, by day and delivery',
    tag: 'driver',
    auth: ['driver'],
    query: z.object({ days: z.coerce.number<number>().int().min(1).max(31).default(7) }),
    reply: z.object({
      currency,
      days: z.array(z.object({ day: z.string(), payMinor: money, tipMinor: money, deliveries: z.int() })),
      deliveries: z.array(
        z.object({ orderId, number: z.int(), atMs: timeMs, merchantName: z.string(), payMinor: money, tipMinor: money }),
      ),
    }),
  },
  'GET /drivers/nearby': {
    summary: 'Available drivers near a place, nearest first, with fewer than two active orders',
    tag: 'drivers',
    auth: ['dispatcher', 'admin'],
    query: z.object({
      lat: queryLat,
      lon: queryLon,
      radiusM: z.coerce.number<number>().min(1).max(50_000).default(5_000),
      limit: z.coerce.number<number>().int().min(1).max(20).default(20),
    }),
    reply: z.object({
      items: z.array(
        z.object({
          id: driverId,
          name: z.string(),
          vehicle: z.enum(VEHICLES),
          place: latLon,
          distanceM: z.number(),
          activeOrders: z.int(),
          fixAgeMs: z.number(),
        }),
      ),
    }),
  },
} as const satisfies RouteTable
