import type { WhatIf } from '@doorstep/shared/contract'
import type { DispatchApi, Refusal } from '../live/dispatch-api.ts'

/** What is known of giving an order to a driver: the answer, why there is none, or null while it is being asked. */
export type KnownCost = { cost: WhatIf } | { refusal: Refusal } | null

/** Costs of giving orders to drivers during one drag: each pair is asked once, one at a time, the latest wish first. */
export interface Costs {
  known(orderId: string, driverId: string): KnownCost
  /** Wants these to be known; what was wanted before and is not asked yet is forgotten. */
  want(orderIds: readonly string[], driverId: string): void
}

/** How long the pointer rests on a driver before anything is asked, so that passing over many asks nothing. */
const REST_MS = 80
/** An answer older than this is asked for again. */
const FRESH_MS = 8_000

/** The costs of one drag; `onKnown` hears whenever another is known. */
export function createCosts(api: Pick<DispatchApi, 'whatIf'>, onKnown: () => void, nowMs: () => number = Date.now): Costs {
  const known = new Map<string, { value: KnownCost; atMs: number }>()
  let wanted: [orderId: string, driverId: string][] = []
  let isAsking = false
  let rest: ReturnType<typeof setTimeout> | undefined
  const keyOf = (orderId: string, driverId: string) => `${orderId} ${driverId}`
  const isFresh = (key: string) => (known.get(key)?.atMs ?? Number.NEGATIVE_INFINITY) > nowMs() - FRESH_MS

  const askNext = async (): Promise<void> => {
    const next = wanted.shift()
    if (!next) {
      isAsking = false
      return
    }
    isAsking = true
    const key = keyOf(...next)
    if (!isFresh(key)) {
      const result = await api.whatIf(...next)
      known.set(key, { value: result.ok ? { cost: result.value } : { refusal: result.error }, atMs: nowMs() })
      onKnown()
    }
    return askNext()
  }

  return {
    known: (orderId, driverId) => known.get(keyOf(orderId, driverId))?.value ?? null,
    want(orderIds, driverId) {
      wanted = []
      clearTimeout(rest)
      const pairs = orderIds.map((orderId): [string, string] => [orderId, driverId]).filter((pair) => !isFresh(keyOf(...pair)))
      if (pairs.length === 0) return
      rest = setTimeout(() => {
        wanted = pairs
        if (!isAsking) void askNext()
      }, REST_MS)
    },
  }
}
