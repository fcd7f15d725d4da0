import type { WirePosition } from '@doorstep/shared/client'
import type { Session } from '../session.ts'

/** Without a socket a position is sent no more often than this, in ms of the wall. */
const LEAST_GAP_MS = 3_000

/** Reports positions where there is no socket, one at a time; answers whether this one was sent. */
export function positionsOverHttp(call: Session['call']): (position: WirePosition) => boolean {
  let isUnderWay = false
  let sentAtMs = 0
  return (position) => {
    if (isUnderWay || Date.now() - sentAtMs < LEAST_GAP_MS) return false
    isUnderWay = true
    sentAtMs = Date.now()
    const courseDeg = Number.isNaN(position.courseDeg) ? null : position.courseDeg
    void call('POST /driver/location', { body: { fixes: [{ ...position, courseDeg }] } }).finally(() => {
      isUnderWay = false
    })
    return true
  }
}
