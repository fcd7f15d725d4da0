import { zoneDay } from './zone-day.ts'

/** How long a shop can be paused, or an item be out of stock: always with an end that is said. */
export const PAUSES = ['15', '30', '60', 'today'] as const
export type Pause = (typeof PAUSES)[number]

/** When a pause that begins now ends. */
export function pauseUntilMs(pause: Pause, nowMs: number, timeZone: string): number {
  return pause === 'today' ? zoneDay(nowMs, timeZone).endMs : nowMs + Number(pause) * 60_000
}

/** For how long an item is out of stock. */
export const STOCK_CHOICES = ['hours', 'today', 'changed'] as const
export type StockChoice = (typeof STOCK_CHOICES)[number]

const FOUR_HOURS_MS = 4 * 3_600_000

/** When an item comes back by itself; null for not before somebody says so. */
export function outOfStockUntilMs(choice: StockChoice, nowMs: number, timeZone: string): number | null {
  if (choice === 'changed') return null
  return choice === 'hours' ? nowMs + FOUR_HOURS_MS : zoneDay(nowMs, timeZone).endMs
}
