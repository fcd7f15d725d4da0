const DAY_MS = 86_400_000

function minutesOfDay(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(ms)
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0)
  return read('hour') * 60 + read('minute')
}

/** The end of the local day that a moment lies in; also on the two days a year that are 23 or 25 hours long. */
export function zoneDay(nowMs: number, timeZone: string): { endMs: number } {
  const wholeMinuteMs = nowMs - (nowMs % 60_000)
  const guessMs = wholeMinuteMs + DAY_MS - minutesOfDay(nowMs, timeZone) * 60_000
  const off = minutesOfDay(guessMs, timeZone)
  const correction = off === 0 ? 0 : off > 720 ? 1_440 - off : -off
  return { endMs: guessMs + correction * 60_000 }
}
