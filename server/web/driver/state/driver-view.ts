import type { LiveState } from '@doorstep/shared/client'
import type { About, DriverState, Me, Order } from '@doorstep/shared/contract'
import type { OutboxEntry } from '../outbox/outbox-entry.ts'
import type { Fix } from '../ride/position-pace.ts'

/** What the whole screen is about. */
export type Phase = 'loading' | 'unreachable' | 'signed_out' | 'other_seat' | 'ready'

/** Where positions come from: nowhere yet, this device, or a place of the demo. */
export type PositionSource = 'none' | 'device' | 'demo'

/** Why there is no position from the device. */
export type PositionProblem = 'denied' | 'unavailable' | 'insecure'

/** Everything the driver's screens are drawn from. */
export interface DriverView {
  phase: Phase
  about: About | null
  me: Me | null
  state: DriverState | null
  /** The phone's clock when the server said `state`. */
  readAtMs: number
  /** Whether `state` is from an earlier visit and the server has not been heard since. */
  isFromBefore: boolean
  entries: readonly OutboxEntry[]
  live: LiveState
  /** Whether the browser has a network at all. */
  hasNetwork: boolean
  /** The server's clock since when there has been no connection. */
  lostAtMs: number | null
  source: PositionSource
  positionProblem: PositionProblem | null
  fix: Fix | null
  /** Positions that wait for a connection. */
  keptFixes: number
  isDrivenForMe: boolean
  /** Orders whose items were read, by id. */
  orders: Readonly<Record<string, Order>>
  earnedTodayMinor: number | null
  /** What is being asked of the server by a button right now. */
  busy: 'sign_in' | 'go_online' | 'go_offline' | null
  /** What to say about the last thing that was asked of the server and did not work. */
  problem: string | null
}

/** Before anything is known. */
export const DRIVER_VIEW: DriverView = {
  phase: 'loading',
  about: null,
  me: null,
  state: null,
  readAtMs: 0,
  isFromBefore: false,
  entries: [],
  live: 'connecting',
  hasNetwork: true,
  lostAtMs: null,
  source: 'none',
  positionProblem: null,
  fix: null,
  keptFixes: 0,
  isDrivenForMe: false,
  orders: {},
  earnedTodayMinor: null,
  busy: null,
  problem: null,
}

/** Whether nothing reaches the server, which is to be said: a reconnect that takes a moment is not. */
export const isCutOff = ({ live, hasNetwork }: DriverView): boolean => !hasNetwork || live === 'offline'
