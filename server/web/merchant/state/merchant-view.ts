import type { LiveState } from '@doorstep/shared/client'
import type { About, Me, Menu, Merchant, MerchantBoard } from '@doorstep/shared/contract'

/** What the whole screen is about. */
export type Phase = 'loading' | 'unreachable' | 'signed_out' | 'other_seat' | 'ready'

/** Everything the merchant's screens are drawn from. */
export interface MerchantView {
  phase: Phase
  about: About | null
  me: Me | null
  board: MerchantBoard | null
  shop: Merchant | null
  menu: Menu | null
  live: LiveState
  /** The server's clock since when there has been no connection. */
  lostAtMs: number | null
  /** Sound is allowed: somebody started the shift on this tablet. */
  isShiftOn: boolean
  acknowledged: ReadonlySet<string>
  /** Orders that had a driver on this screen: without one now, it is changing. */
  hadDriver: ReadonlySet<string>
  /** Orders whose button was pressed and not answered yet. */
  pending: ReadonlySet<string>
  isBusy: boolean
  problem: string | null
}

/** Before anything is known. */
export const MERCHANT_VIEW: MerchantView = {
  phase: 'loading',
  about: null,
  me: null,
  board: null,
  shop: null,
  menu: null,
  live: 'connecting',
  lostAtMs: null,
  isShiftOn: false,
  acknowledged: new Set(),
  hadDriver: new Set(),
  pending: new Set(),
  isBusy: false,
  problem: null,
}
