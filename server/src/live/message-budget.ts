/** What one connection may send: so many messages at once, and so many a second of the wall in the long run. */
const BURST = 120
const PER_SECOND = 30

/** What is left of a connection's messages. */
export interface MessageBudget {
  left: number
  atMs: number
}

/** A full budget. */
export const messageBudget = (nowMs: number): MessageBudget => ({ left: BURST, atMs: nowMs })

/** Counts a message; false when there were too many. `speed` is the clock's. */
export function spendMessage(budget: MessageBudget, nowMs: number, speed: number): boolean {
  budget.left = Math.min(BURST, budget.left + (Math.max(0, nowMs - budget.atMs) / 1_000 / speed) * PER_SECOND)
  budget.atMs = nowMs
  budget.left -= 1
  return budget.left >= 0
}
