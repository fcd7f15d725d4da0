const MINUS = '−'

/** Minutes and seconds with a real minus sign, as 4:10 or −6:20; hours join from one on, as 1:02:00. */
export function clockSpan(ms: number): string {
  const totalS = Math.round(Math.abs(ms) / 1_000)
  const hours = Math.floor(totalS / 3_600)
  const minutes = Math.floor((totalS % 3_600) / 60)
  const seconds = String(totalS % 60).padStart(2, '0')
  const text = hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`
  return ms < 0 && totalS > 0 ? MINUS + text : text
}

/** The same with a plus sign for more than nothing. */
export const signedSpan = (ms: number) => (ms >= 500 ? `+${clockSpan(ms)}` : clockSpan(ms))

/** An age in words that fit a map label: 40s, 3m12s, 2h05m. */
export function age(ms: number): string {
  const s = Math.max(0, Math.round(ms / 1_000))
  if (s < 60) return `${s}s`
  if (s < 3_600) return `${Math.floor(s / 60)}m${String(s % 60).padStart(2, '0')}s`
  return `${Math.floor(s / 3_600)}h${String(Math.floor((s % 3_600) / 60)).padStart(2, '0')}m`
}

/** Whole minutes, at least one: "4 min". */
export const minutes = (ms: number) => `${Math.max(1, Math.round(ms / 60_000))} min`

/** Metres up to a kilometre, then kilometres with one decimal. */
export const distance = (m: number) => (m < 950 ? `${Math.round(m / 10) * 10} m` : `${(m / 1_000).toFixed(1)} km`)

/** The last two digits name an order: ["48", "21"]. */
export function numberParts(number: number): [head: string, tail: string] {
  const text = String(number).padStart(2, '0')
  return [text.slice(0, -2), text.slice(-2)]
}

/** "Ana Ferreira" becomes "Ana F": short enough for a row, enough to call out. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/)
  const last = words.length > 1 ? words.at(-1) : undefined
  return last ? `${words[0]} ${last[0]}` : (words[0] ?? '')
}

/** How street signs and maps shorten the kinds of streets. */
const SHORT: [RegExp, string][] = [
  [/^Rua /, 'R. '],
  [/^Avenida /, 'Av. '],
  [/^Travessa /, 'Tv. '],
  [/^Calçada /, 'Cç. '],
  [/ Street$/, ' St'],
  [/ Avenue$/, ' Ave'],
  [/ Boulevard$/, ' Blvd'],
]

/** The street of an address without its house number, to fit a column; the number is in the inspector. */
export function streetOf(address: string): string {
  const street = address.split(',')[0] ?? address
  const name =
    street.replace(/^\d+[A-Za-z]?(?:[/-]\d+)?\s+(?=.*\p{L})/u, '').replace(/\s+\d+[A-Za-z]?(?:[/-]\d+)?$/, '') || address
  return SHORT.reduce((text, [long, short]) => text.replace(long, short), name)
}

/** Up to two initials for an avatar. */
export const initials = (name: string) =>
  name
    .trim()
    .split(/\s+/)
    .filter((_, i, all) => i === 0 || i === all.length - 1)
    .map((word) => word[0]?.toUpperCase() ?? '')
    .join('')

/** Clock times in the zone's time zone, whatever the reader's own is. */
export interface ZoneTime {
  /** 19:42 */
  hm(ms: number): string
  /** 19:42:07 */
  hms(ms: number): string
}

/** Formatters for one time zone; making them is slow, so one set serves a zone. */
export function zoneTime(timeZone: string): ZoneTime {
  const base = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const hm = new Intl.DateTimeFormat('en-GB', base)
  const hms = new Intl.DateTimeFormat('en-GB', { ...base, second: '2-digit' })
  return { hm: (ms) => hm.format(ms), hms: (ms) => hms.format(ms) }
}
