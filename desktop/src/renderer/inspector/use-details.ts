import type { Decision, Order, OrderEvent } from '@doorstep/shared/contract'
import { isCarried } from '@doorstep/shared/domain'
import { useCallback, useEffect, useState } from 'react'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import type { Asked, Ranking, Refusal } from '../live/dispatch-api.ts'

/** Something asked of the server: what came last stays on screen while it is asked for again. */
export interface Asking<T> {
  value: T | null
  refusal: Refusal | null
  isLoading: boolean
  again: () => void
}

/** Asks when `key` changes; answers for an older key are ignored. Null asks for nothing. */
export function useAsked<T>(key: string | null, ask: () => Asked<T>): Asking<T> {
  const [state, setState] = useState<{ id: string; value: T | null; refusal: Refusal | null; isLoading: boolean }>(NOTHING)
  const [round, setRound] = useState(0)
  const id = key?.split('@')[0] ?? ''
  useEffect(() => {
    if (key === null) return
    let isCurrent = true
    setState((s) => (s.id === id ? { ...s, isLoading: true } : { ...NOTHING, id, isLoading: true }))
    void ask().then((result) => {
      if (!isCurrent) return
      setState((s) =>
        result.ok
          ? { id, value: result.value, refusal: null, isLoading: false }
          : { ...s, id, refusal: result.error, isLoading: false },
      )
    })
    return () => {
      isCurrent = false
    }
    // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what is asked
  }, [key, round])
  const again = useCallback(() => setRound((r) => r + 1), [])
  const own = state.id === id ? state : NOTHING
  return { value: own.value as T | null, refusal: own.refusal, isLoading: own.isLoading, again }
}

const NOTHING = { id: '', value: null, refusal: null, isLoading: false }

/** Everything about an order that the board does not carry; asked again whenever its version moves. */
export function useOrderDetails(orderId: string) {
  const { api } = useConsole()
  const version = useConsoleState((s) => s.orders.get(orderId)?.version ?? 0)
  const canMove = useConsoleState((s) => {
    const order = s.orders.get(orderId)
    return order?.endedAtMs === null && !isCarried(order)
  })
  const key = `${orderId}@${version}`
  const order: Asking<Order> = useAsked(key, () => api.order(orderId))
  const events: Asking<{ items: OrderEvent[] }> = useAsked(key, () => api.events(orderId))
  const decisions: Asking<{ items: Decision[] }> = useAsked(key, () => api.decisions(orderId))
  const ranking: Asking<Ranking> = useAsked(canMove ? key : null, () => api.candidates(orderId))
  return { order, events, decisions, ranking }
}
