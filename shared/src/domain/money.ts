/** An amount in the currency's minor unit (cents): always a whole number. */
export interface Money {
  amountMinor: number
  /** ISO 4217 code. */
  currency: string
}

/** A share of an amount, rounded half up to the minor unit. */
export function shareOf(amountMinor: number, share: number): number {
  // The small term undoes binary fractions such as 0.15 × 1010 = 151.49999…
  return Math.floor(amountMinor * share + 0.5 + 1e-9)
}

/** An amount as people read it, in the reader's language: "€12.50". */
export function formatMoney({ amountMinor, currency }: Money, locale = 'en'): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
