/** The last local midnight in a time zone, in ms since 1970. On a day whose clocks change it may be off by that hour. */
export function startOfDay(nowMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  const [hours = 0, minutes = 0, seconds = 0] = parts.format(nowMs).split(':').map(Number)
  return Math.floor(nowMs / 1000) * 1000 - ((hours * 60 + minutes) * 60 + seconds) * 1000
}
