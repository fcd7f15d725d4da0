import { formatMoney } from '../domain/index.ts'

/** An amount in minor units, as people read it. */
export function Money({ amountMinor, currency, locale }: { amountMinor: number; currency: string; locale?: string }) {
  return <>{formatMoney({ amountMinor, currency }, locale)}</>
}
