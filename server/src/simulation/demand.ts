/** Demand over the hours of a day as a share of its peak: lunch at half past twelve, dinner at half past seven. */
export function demandAt(hour: number): number {
  const bump = (at: number, width: number) => Math.exp(-(((hour - at) / width) ** 2))
  const isAwake = hour >= 9 && hour < 23
  return isAwake ? Math.min(1, 0.12 + 0.6 * bump(12.75, 1.3) + 0.88 * bump(19.6, 1.9)) : 0.01
}
