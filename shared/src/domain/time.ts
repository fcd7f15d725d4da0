const clocks = new Map<string, Intl.DateTimeFormat>()

/** Hours since midnight in a time zone, with a fraction: 19.7 is 19:42. */
export function localHour(ms: number, timeZone: string): number {
  const format =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  clocks.set(timeZone, format)
  const [hours = 0, minutes = 0, seconds = 0] = format.format(ms).split(':').map(Number)
  return hours + minutes / 60 + seconds / 3600
}

/** The last local midnight, in ms since 1970. On a day whose clocks change it may be off by that hour. */
export function startOfDay(ms: number, timeZone: string): number {
  return Math.round(Math.floor(ms / 1000) * 1000 - localHour(ms, timeZone) * 3_600_000)
}
