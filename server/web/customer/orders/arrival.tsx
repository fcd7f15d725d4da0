import type { Order } from '@doorstep/shared/contract'
import { EtaWindow } from '@doorstep/shared/ui'
import { useEffect, useState } from 'react'
import { useFormat, useView } from '../../kit/index.ts'
import { words } from '../words.ts'
import { recallWindow, rememberWindow, widen } from './widest-window.ts'

/** When it arrives, or when it did. */
export function Arrival({ order }: { order: Order }) {
  const format = useFormat()
  const { status, eta, times } = order
  if (status === 'delivered') {
    return (
      <EtaWindow
        label={words.track.deliveredNote}
        text={words.track.delivered(format.time(times.endedAtMs ?? order.promisedAtMs))}
      />
    )
  }
  if (status === 'cancelled') {
    const { ended } = order
    const by = words.slips.cancelledBy[ended?.by ?? 'system']
    return <EtaWindow label={by} text={words.track.cancelled(format.time(times.endedAtMs ?? order.times.placedAtMs))} />
  }
  return eta ? <OpenWindow orderId={order.id} eta={eta} /> : null
}

function OpenWindow({ orderId, eta }: { orderId: string; eta: NonNullable<Order['eta']> }) {
  const format = useFormat()
  const { clock } = useView()
  const [seen, setSeen] = useState(() => widen(recallWindow(orderId), eta, clock.nowMs()))
  const [shown, setShown] = useState(eta)
  if (shown !== eta) {
    setShown(eta)
    setSeen(widen(seen, eta, clock.nowMs()))
  }
  useEffect(() => rememberWindow(orderId, seen), [orderId, seen])
  const { fromMs, toMs, lastEarliestMs: earliestMs, lastLatestMs: latestMs, narrowedAtMs } = seen
  const [from, to, earliest, latest] = [fromMs, toMs, earliestMs, latestMs].map((ms) => format.time(ms)) as [
    string,
    string,
    string,
    string,
  ]
  const isNarrower = toMs - fromMs > latestMs - earliestMs
  const bar = {
    ...{ fromMs, toMs, earliestMs, latestMs, startText: from, endText: to },
    noteText: narrowedAtMs === null ? '' : words.track.narrowed(format.time(narrowedAtMs)),
    description: words.track.narrowing(from, to, earliest, latest),
  }
  return (
    <EtaWindow
      label={eta.basis === 'usual' ? words.track.usual : words.track.arriving}
      text={words.track.window(earliest, latest)}
      {...(isNarrower && { bar })}
    />
  )
}
