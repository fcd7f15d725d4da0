import type { WhatIf } from '@doorstep/shared/contract'
import { isCarried } from '@doorstep/shared/domain'
import { useCallback, useEffect, useState } from 'react'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import type { Asked, Refusal } from '../live/dispatch-api.ts'

/** Something asked of the server: what came last stays on screen while it is asked for again. */
export interface Asking<T> {
  value: T | null
  refusal: Refusal | null
  isLoading: boolean
  again: () => void
}

interface Heard<T> {
  id: string
  moment: string
  value: T | null
  refusal: Refusal | null
}

/**
 * Asks about `id` at once and again whenever `version` moves; null asks for nothing. `ask` has to be the same function
 * every time. What is known of another id is never shown.
 */
export function useAsked<T>(id: string | null, version: number | string, ask: (id: string) => Asked<T>): Asking<T> {
  const [heard, setHeard] = useState<Heard<T> | null>(null)
  const [round, setRound] = useState(0)
  const moment = `${version}.${round}`
  useEffect(() => {
    if (id === null) return
    let isCurrent = true
    void ask(id).then((result) => {
      if (!isCurrent) return
      setHeard((before) => ({
        id,
        moment,
        value: result.ok ? result.value : before?.id === id ? before.value : null,
        refusal: result.ok ? null : result.error,
      }))
    })
    return () => {
      isCurrent = false
    }
  }, [id, moment, ask])
  const again = useCallback(() => setRound((r) => r + 1), [])
  const own = heard?.id === id ? heard : null
  return { value: own?.value ?? null, refusal: own?.refusal ?? null, isLoading: id !== null && own?.moment !== moment, again }
}

/** Drivers move and kitchens run late, so that a ranking on screen is asked for anew. */
const RANK_EVERY_MS = 5_000

/** Everything about an order that the board does not carry; asked again whenever its version moves, rankings every few seconds. */
export function useOrderDetails(orderId: string) {
  const { api } = useConsole()
  const version = useConsoleState((s) => s.orders.get(orderId)?.version ?? 0)
  const canMove = useConsoleState((s) => {
    const order = s.orders.get(orderId)
    return order?.endedAtMs === null && !isCarried(order)
  })
  const ranking = useAsked(canMove ? orderId : null, version, api.candidates)
  const { again } = ranking
  useEffect(() => {
    if (!canMove) return
    const timer = setInterval(() => document.visibilityState === 'visible' && again(), RANK_EVERY_MS)
    return () => clearInterval(timer)
  }, [canMove, again])
  return {
    order: useAsked(orderId, version, api.order),
    events: useAsked(orderId, version, api.events),
    decisions: useAsked(orderId, version, api.decisions),
    ranking,
  }
}

/** What giving an order to a driver would cost now; asked again whenever the version moves. */
export function useWhatIf(orderId: string, driverId: string | null, version: number): Asking<WhatIf> {
  const { api } = useConsole()
  const ask = useCallback(
    (pair: string) => {
      const [order = '', driver = ''] = pair.split(' ')
      return api.whatIf(order, driver)
    },
    [api],
  )
  return useAsked(driverId === null ? null : `${orderId} ${driverId}`, version, ask)
}
