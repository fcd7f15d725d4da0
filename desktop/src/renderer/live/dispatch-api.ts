import type {
  About,
  Candidate,
  CommandResult,
  Decision,
  DispatchBoard,
  Me,
  MerchantSummary,
  Order,
  OrderEvent,
  Problem,
  SignedIn,
  Stop,
  Zone,
} from '@doorstep/shared/contract'
import type { Result } from '@doorstep/shared/domain'

/** A refusal in the server's words, or that the server could not be reached. */
export type Refusal = Pick<Problem, 'code' | 'title' | 'detail' | 'version' | 'changedBy' | 'change'>
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
  assign(id: string, driverId: string, version: number): Asked<CommandResult>
  reassign(id: string, driverId: string, version: number): Asked<CommandResult>
  unassign(id: string, version: number): Asked<CommandResult>
  undo(commandId: string): Asked<CommandResult>
  /** From now on requests carry this session's token; null for none. */
  useToken(token: string | null): void
}
