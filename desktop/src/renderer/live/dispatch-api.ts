import type {
  About,
  Agreement,
  BulkResult,
  Candidate,
  CommandResult,
  Decision,
  DispatchBoard,
  DispatchPolicy,
  Me,
  MerchantSummary,
  Order,
  OrderEvent,
  Problem,
  SignedIn,
  Stop,
  WhatIf,
  Zone,
} from '@doorstep/shared/contract'
import type { Result } from '@doorstep/shared/domain'
import type { OrderCommand } from './order-command.ts'

/** A refusal in the server's words, or that the server could not be reached. */
export type Refusal = Pick<Problem, 'code' | 'title' | 'detail' | 'version' | 'changedBy' | 'change' | 'errors'>
export type Asked<T> = Promise<Result<T, Refusal>>

/** Drivers ranked for an order, and who was left out. */
export interface Ranking {
  atMs: number
  candidates: Candidate[]
  leftOut: Decision['leftOut']
}

/** A driver's stops and the way between them; geometry is [lon, lat] pairs. */
export interface Route {
  stops: Stop[]
  geometry: [number, number][]
  distanceM: number
  durationS: number
  computedAtMs: number
}

/** An order as it was on screen when somebody decided. */
export interface OrderSeen {
  id: string
  version: number
  driverId: string | null
}

/** What of a zone's policy is to be another. */
export type PolicyChange = Partial<Omit<DispatchPolicy, 'zoneId' | 'version'>>

/** What the console asks of a server over HTTP. */
export interface DispatchApi {
  about(): Asked<About>
  me(): Asked<Me>
  login(email: string, password: string): Asked<SignedIn>
  /** Signs in to a demo account; only a demo server knows this. */
  demo(role: 'dispatcher' | 'admin'): Asked<SignedIn>
  logout(): Asked<null>
  zones(): Asked<{ items: Zone[] }>
  merchantsNear(
    lat: number,
    lon: number,
    radiusM: number,
    cursor?: string,
  ): Asked<{ items: MerchantSummary[]; nextCursor: string | null }>
  board(zoneId?: string): Asked<DispatchBoard>
  order(id: string): Asked<Order>
  events(id: string): Asked<{ items: OrderEvent[] }>
  decisions(id: string): Asked<{ items: Decision[] }>
  candidates(id: string): Asked<Ranking>
  driverRoute(id: string): Asked<Route>
  /** What giving an order to a driver would cost, without doing it. */
  whatIf(id: string, driverId: string): Asked<WhatIf>
  /** Carries out a command on the version that was seen. */
  command(order: OrderSeen, command: OrderCommand, reason?: string): Asked<CommandResult>
  /** Gives all orders of a driver that are not carried yet to another driver. */
  moveRoute(fromDriverId: string, toDriverId: string, orders: readonly OrderSeen[], reason?: string): Asked<BulkResult>
  /** Takes a command back; taking that back again does it once more. */
  undo(commandId: string): Asked<CommandResult>
  policy(zoneId: string): Asked<DispatchPolicy>
  changePolicy(zoneId: string, change: PolicyChange, version: number): Asked<DispatchPolicy>
  agreement(zoneId: string, sinceMs?: number): Asked<Agreement>
  /** From now on requests carry this session's token; null for none. */
  useToken(token: string | null): void
}
