import type { Refusal } from './dispatch-api.ts'

/** `order.driver_at_merchant` becomes "driver at merchant"; words stay as they are. */
const changeWords = (change: string) => change.replace(/^order\./, '').replaceAll('_', ' ')

/** Says plainly that nothing was done and why; for a stale version, who changed what. */
export function refusalWords(what: string, refusal: Refusal): { text: string; detail: string } {
  if (refusal.code === 'stale_version') {
    return { text: `${what} was not changed. ${whoWasFirst(refusal)}`, detail: 'Look again, then decide.' }
  }
  return { text: `${what} was not changed. ${refusal.detail ?? refusal.title}`, detail: '' }
}

/** The same in a row of the queue, where the order's number stands already. */
export function refusalInShort(refusal: Refusal): string {
  return refusal.code === 'stale_version' ? whoWasFirst(refusal) : (refusal.detail ?? refusal.title)
}

function whoWasFirst({ changedBy, change }: Refusal): string {
  return `${changedBy ?? 'Somebody'} changed it first${change ? `: ${changeWords(change)}` : ''}`
}
