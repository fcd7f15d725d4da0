import { shareOf } from './money.ts'

/** A zone's default delivery fee, in minor units. */
export const DEFAULT_DELIVERY_FEE_MINOR = 299
/** A zone's default service fee, as a share of the subtotal. */
export const DEFAULT_SERVICE_FEE_SHARE = 0.15

/** What a zone charges. */
export interface ZoneFees {
  deliveryFeeMinor: number
  serviceFeeShare: number
}

/** An order's price broken down; all amounts in minor units of one currency. */
export interface Price {
  subtotalMinor: number
  deliveryFeeMinor: number
  serviceFeeMinor: number
  tipMinor: number
  totalMinor: number
}

/** Prices an order: lines at captured prices, the zone's delivery fee, a share of the subtotal as service fee, the tip. */
export function priceOrder(
  lines: readonly { unitPriceMinor: number; quantity: number }[],
  fees: ZoneFees,
  tipMinor: number,
): Price {
  const subtotalMinor = lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0)
  const serviceFeeMinor = shareOf(subtotalMinor, fees.serviceFeeShare)
  const { deliveryFeeMinor } = fees
  return {
    subtotalMinor,
    deliveryFeeMinor,
    serviceFeeMinor,
    tipMinor,
    totalMinor: subtotalMinor + deliveryFeeMinor + serviceFeeMinor + tipMinor,
  }
}

/** What a driver earns for one delivery before the tip: a base and an amount per kilometre of the merchant-to-door leg. */
export interface PayRule {
  baseMinor: number
  perKmMinor: number
}

/** The default pay rule of a zone. */
export const DEFAULT_PAY_RULE: PayRule = { baseMinor: 350, perKmMinor: 60 }

/** A driver's pay for a delivery of this length, without the tip, which is theirs in full. */
export function deliveryPayMinor(rule: PayRule, legM: number): number {
  return Math.round(rule.baseMinor + (rule.perKmMinor * legM) / 1000)
}
