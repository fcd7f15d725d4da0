/** About what a meal that costs one euro in Porto costs elsewhere, in the currency's major unit (eating out, 2025). */
const LEVELS: Record<string, number> = {
  EUR: 1.15,
  USD: 1.6,
  GBP: 1.2,
  CHF: 2,
  CAD: 1.9,
  AUD: 1.9,
  NZD: 1.9,
  JPY: 130,
  KRW: 1300,
  CNY: 5,
  HKD: 9,
  TWD: 28,
  SGD: 1.7,
  SEK: 13,
  NOK: 17,
  DKK: 11,
  ISK: 240,
  PLN: 4.2,
  CZK: 24,
  HUF: 380,
  RON: 4.6,
  TRY: 36,
  ILS: 5,
  BRL: 4.5,
  MXN: 18,
  ARS: 1300,
  CLP: 950,
  COP: 3600,
  PEN: 3.4,
  INR: 38,
  THB: 22,
  VND: 13_000,
  IDR: 8000,
  MYR: 2.8,
  PHP: 36,
  ZAR: 14,
  EGP: 32,
  MAD: 7,
  KES: 90,
  NGN: 1100,
  AED: 4.4,
  SAR: 4.2,
  UAH: 28,
  RSD: 95,
}

/** Steps that prices end in, as a share of the price: nobody asks for 9.37. */
const STEP_SHARE = 0.01

/** A price in minor units of a currency, rounded the way price tags are; at least one step. */
export function priceIn(currency: string, euros: number): number {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  const minor = euros * (LEVELS[currency] ?? 1) * 10 ** digits
  const step = niceStep(minor * STEP_SHARE, digits)
  return Math.max(step, Math.round(minor / step) * step)
}

/** 5, 10, 50, 100 …: the next such step above a hundredth of the price. */
function niceStep(least: number, digits: number): number {
  let step = digits === 0 ? 1 : 5
  for (let factor = 2; step < least; factor = 7 - factor) step *= factor
  return step
}
