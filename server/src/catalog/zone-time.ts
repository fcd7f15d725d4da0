const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  return format
}

/** A date whose local fields (`getHours` and so on) are the time that a zone's clocks show. */
export function toZoneDate(atMs: number, timeZone: string): Date {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year, month, day, hour, minute, second } = parts as Record<string, number>
  return new Date(year!, month! - 1, day, hour, minute, second)
}

/** The moment at which a zone's clocks show the local fields of `local`; `nearMs` is a moment close to it. */
export function toUtcMs(local: Date, timeZone: string, nearMs: number): number {
  const guess = nearMs + (local.getTime() - toZoneDate(nearMs, timeZone).getTime())
  // Between the two the clocks may have been changed: what they show at the guess corrects it.
  const wholeSecond = Math.round((guess + (local.getTime() - toZoneDate(guess, timeZone).getTime())) / 1000) * 1000
  return wholeSecond
}

/** Whether a text names a time zone that this system knows. */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatOf(timeZone)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
