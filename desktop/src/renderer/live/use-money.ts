import { formatMoney } from '@doorstep/shared/domain'
import { useConsoleState } from './console-context.ts'

/** Writes amounts in the zone’s currency, in minor units; with `signed` more than nothing has a plus, less a real minus. */
export function useMoney(): (amountMinor: number, how?: 'signed') => string {
  const currency = useConsoleState((s) => s.zone?.currency ?? 'EUR')
  const locale = useConsoleState((s) => s.about?.city.locale ?? 'en')
  return (amountMinor, how) => {
    const rounded = Math.round(amountMinor)
    const text = formatMoney({ amountMinor: Math.abs(rounded), currency }, locale)
    if (rounded < 0) return `−${text}`
    return how === 'signed' && rounded > 0 ? `+${text}` : text
  }
}
