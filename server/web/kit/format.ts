import { formatMoney } from '@doorstep/shared/domain'

/** How a view writes times, amounts and distances: in its language, by the habits of the city's country, in its time zone. */
export interface Format {
  locale: string
  /** "19:52", or as the country writes it. */
  time(ms: number): string
  /** "Tue, 24 Nov". */
  day(ms: number): string
  /** "19:52" today, else "Wed 07:00". */
  timeOrDay(ms: number, nowMs: number): string
  isSameDay(a: number, b: number): boolean
  money(amountMinor: number, currency: string): string
  /** "350 m", "1.4 km". */
  distance(metres: number): string
}

/** Makes a format for a language such as `en` and the city's locale such as `pt-PT`. */
export function createFormat(language: string, cityLocale: string, timeZone: string): Format {
  const region = new Intl.Locale(cityLocale).region
  const locale = region ? `${language}-${region}` : language
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone })
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone })
  const day = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone })
  const metres = new Intl.NumberFormat(language, { style: 'unit', unit: 'meter' })
  const kilometres = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'kilometer',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  })
  const isSameDay = (a: number, b: number) => day.format(a) === day.format(b)
  return {
    locale,
    time: (ms) => clock.format(ms),
    day: (ms) => day.format(ms),
    timeOrDay: (ms, nowMs) => (isSameDay(ms, nowMs) ? clock.format(ms) : weekday.format(ms)),
    isSameDay,
    money: (amountMinor, currency) => formatMoney({ amountMinor, currency }, language),
    distance: (m) => (m < 950 ? metres.format(Math.max(10, Math.round(m / 10) * 10)) : kilometres.format(m / 1000)),
  }
}

/** An amount as typed ("2,50", "3") in minor units; undefined for what is not an amount. */
export function parseAmount(text: string, currency: string): number | undefined {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  const match = /^\s*(\d{1,6})(?:[.,](\d*))?\s*$/.exec(text)
  const fraction = match?.[2] ?? ''
  if (!match || fraction.length > digits) return undefined
  return Number(match[1]) * 10 ** digits + Number(fraction.padEnd(digits, '0') || '0')
}
