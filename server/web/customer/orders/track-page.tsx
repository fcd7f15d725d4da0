import type { Order } from '@doorstep/shared/contract'
import { OrderTimeline, orderSteps } from '@doorstep/shared/ui'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import { Empty, Failed, Guarded, hasCode, kitWords, LoadingRows, useFormat, useView } from '../../kit/index.ts'
import { SignInSheet } from '../account/sign-in-sheet.tsx'
import { TopBar } from '../top-bar.tsx'
import { words } from '../words.ts'
import { Arrival } from './arrival.tsx'
import { CancelOrder } from './cancel-order.tsx'
import { DriverCard } from './driver-card.tsx'
import { type FollowedOrder, useFollowOrder } from './follow-order.ts'
import { RateOrder } from './rate-order.tsx'
import { Receipt } from './receipt.tsx'
import { Slips } from './slips.tsx'

const TrackMap = lazy(async () => ({ default: (await import('./track-map.tsx')).TrackMap }))

/** One order, followed live from the press on the button to the door. */
export function TrackPage({ id }: { id: string }) {
  const { session } = useView()
  const status = session.use((state) => state.status)
  const followed = useFollowOrder(id)
  const { data, error, reload } = followed.order
  if (data) return <Tracked followed={followed} order={data} />
  return (
    <main id="content" className="narrow">
      <TopBar title="" parent="/orders" />
      {status === 'signed_out' ? (
        <SignInFirst />
      ) : error && hasCode(error, 'not_found', 'invalid_input', 'forbidden') ? (
        <Empty title={words.track.notFound}>
          <Link href="/orders" className="tb line">
            {words.orders.title}
          </Link>
        </Empty>
      ) : error ? (
        <Failed error={error} retry={reload} />
      ) : (
        <LoadingRows />
      )}
    </main>
  )
}

function SignInFirst() {
  const [isOpen, setIsOpen] = useState(true)
  return (
    <Empty title={words.orders.signIn}>
      <button type="button" className="tb line" onClick={() => setIsOpen(true)}>
        {kitWords.signIn.title}
      </button>
      {isOpen && <SignInSheet onDone={() => setIsOpen(false)} onClose={() => setIsOpen(false)} />}
    </Empty>
  )
}

function Tracked({ followed: { events, fix, ridden, order: loaded }, order }: { followed: FollowedOrder; order: Order }) {
  const format = useFormat()
  const isOpen = order.times.endedAtMs === null
  return (
    <div className={isOpen ? 'track' : 'track ended'}>
      <main className="left" id="content">
        <TopBar title={words.track.title(order.number)} parent="/orders" />
        {isOpen && (
          <div className="track-map">
            <Guarded>
              <Suspense fallback={<p className="map-note">{words.mapLoading}</p>}>
                <TrackMap order={order} fix={fix} ridden={ridden} />
              </Suspense>
            </Guarded>
          </div>
        )}
        <div className="pad track-body">
          <Arrival order={order} />
          <Slips order={order} events={events} />
          <div className="hr track-part">
            <OrderTimeline
              steps={orderSteps(order)}
              label={words.track.timeline}
              labelOf={(step) => words.track.steps(order.driver?.name ?? null)[step.key]}
              timeOf={({ atMs, isEstimate }) =>
                atMs === null ? null : isEstimate ? words.track.about(format.time(atMs)) : format.time(atMs)
              }
            />
          </div>
          {isOpen && <DriverCard order={order} fix={fix} />}
          {order.status === 'delivered' && <RateOrder order={order} />}
          <Receipt order={order} />
          {order.actions.includes('cancel') && (
            <CancelOrder order={order} onDone={(next) => (next ? loaded.replace(next) : loaded.reload())} />
          )}
        </div>
      </main>
    </div>
  )
}
