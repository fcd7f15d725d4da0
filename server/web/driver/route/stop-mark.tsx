import type { Stop } from '@doorstep/shared/contract'

/** The mark of a stop: a square picks up, a circle brings; filled is the one to go to. */
export function StopMark({ kind, place, isNext = false }: { kind: Stop['kind']; place: number; isNext?: boolean }) {
  return <span className={`sn ${kind === 'pickup' ? 'P' : 'D'}${isNext ? ' on' : ''}`}>{place}</span>
}
