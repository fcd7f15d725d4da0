import { z } from 'zod'
import { accountRoutes } from './accounts.ts'
import { catalogRoutes } from './catalog.ts'
import { dispatchRoutes } from './dispatch-routes.ts'
import { driverRoutes } from './driver.ts'
import { merchantRoutes } from './merchant.ts'
import { orderRoutes } from './orders.ts'
import { latLon, queryLat, queryLon, type RouteTable, text, timeMs } from './primitives.ts'

/** A street address that an order can go to. */
export const address = z.object({
  place: latLon,
  label: z.string().describe('As people write it: street and number'),
  city: z.string().nullable(),
  isApproximate: z.boolean().describe('Interpolated along the street'),
})
export type Address = z.infer<typeof address>

/** What a client needs to know before anyone signs in. */
export const about = z.object({
  name: z.string(),
  version: z.string(),
  isDemo: z.boolean().describe('Demo accounts exist and POST /auth/demo works'),
  nowMs: timeMs.describe('The server’s clock'),
  clockSpeed: z.number().describe('Seconds of the server’s clock in one second of the wall; 1 unless it is a demo run faster'),
  city: z.object({
    name: z.string(),
    title: z.string(),
    bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).describe('West, south, east, north'),
    centre: latLon,
    timeZone: z.string(),
    currency: z.string(),
    locale: z.string(),
    attribution: z.string(),
    tilesUrl: z.string(),
  }),
})
export type About = z.infer<typeof about>

const placeRoutes = {
  'GET /about': { summary: 'This installation: its city, clock and mode', tag: 'about', auth: 'public', reply: about },
  'GET /addresses': {
    summary: 'Addresses that match a text, nearer ones first',
    tag: 'addresses',
    auth: 'public',
    query: z.object({ q: text(100), lat: queryLat.optional(), lon: queryLon.optional() }),
    reply: z.object({ items: z.array(address) }),
  },
  'GET /addresses/nearest': {
    summary: 'The address nearest to a place; null when there is none within 300 m',
    tag: 'addresses',
    auth: 'public',
    query: z.object({ lat: queryLat, lon: queryLon }),
    reply: z.object({ address: address.nullable(), isInZone: z.boolean() }),
  },
} as const satisfies RouteTable

/** Every route of the API under /api/v1. Server, OpenAPI, clients and the authorisation tests read this one table. */
export const routes = {
  ...accountRoutes,
  ...catalogRoutes,
  ...orderRoutes,
  ...driverRoutes,
  ...merchantRoutes,
  ...dispatchRoutes,
  ...placeRoutes,
} as const satisfies RouteTable

/** The table as a type: clients import this and nothing else of it, so that no schema reaches a browser. */
export type Routes = typeof routes
/** `METHOD /path/:param` of a route. */
export type RouteKey = keyof Routes
