import type { Role, RouteKey, RouteSpec, Routes } from '@doorstep/shared/contract'
import type { DriverId, MerchantId, UserId, ZoneId } from '@doorstep/shared/domain'
import type { z } from 'zod'

/** Who is asking, as every room sees them. */
export interface Principal {
  userId: UserId
  role: Role
  name: string
  /** With the role merchant: whose staff. */
  merchantId?: MerchantId
  /** With the role driver. */
  driverId?: DriverId
  /** With the role dispatcher: limited to these zones; absent for all. */
  zoneIds?: readonly ZoneId[]
}

type OutputOf<Spec, Part extends 'params' | 'query' | 'body'> =
  Spec extends Record<Part, infer Schema extends z.ZodType> ? z.output<Schema> : Record<never, never>

/** A request that has passed the contract: validated, authenticated, its role allowed. */
export interface RouteRequest<Spec extends RouteSpec> {
  params: OutputOf<Spec, 'params'>
  query: OutputOf<Spec, 'query'>
  body: OutputOf<Spec, 'body'>
  /** On a public route it is null for somebody who has not signed in. */
  principal: Spec['auth'] extends 'public' ? Principal | null : Principal
  /** From `Idempotency-Key` or `X-Idempotency-Key`; null where neither was sent. */
  idempotencyKey: string | null
  /** The version in `If-Match`; null where none was sent. */
  ifMatch: number | null
  headers: Headers
  /** Where the request came from; behind a trusted proxy, what that says. */
  address: string
  /** Answers with headers of its own besides the reply. */
  setHeader(name: string, value: string): void
}

/** What a route answers, as its schema takes it in. */
export type RouteReply<Spec extends RouteSpec> = z.input<Spec['reply']>

/** What a room does for a route; a refusal is thrown as `AppError`. */
export type RouteHandler<Spec extends RouteSpec> = (request: RouteRequest<Spec>) => Promise<RouteReply<Spec>> | RouteReply<Spec>

/** Given to each room's `routes.ts`: puts a handler behind a route of the contract. */
export type HandleRoute = <Key extends RouteKey>(key: Key, handler: RouteHandler<Routes[Key]>) => void
