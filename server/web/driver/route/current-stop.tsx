import { MessageSquareText } from 'lucide-react'
import { useDriverView, useFormats, useServerNow } from '../driver-context.ts'
import type { RideLine } from '../ride/ride-along.ts'
import { words } from '../words.ts'
import type { ShownStop } from './apply-outbox.ts'
import { ItemCheck } from './item-check.tsx'
import { metresTo } from './ride-line.ts'
import { StopMark } from './stop-mark.tsx'

/** The stop to go to or to be at: who, where, when, and what there is to know. */
export function CurrentStop({ stop, line }: { stop: ShownStop; line: RideLine }) {
  const isPickup = stop.kind === 'pickup'
  const what = isPickup ? words.route.pickup(stop.number) : words.route.drop(stop.number)
  return (
    <>
      <div className="row stop-head">
        <StopMark kind={stop.kind} place={1} isNext />
        <div className="grow">
          <h2 className="h">{stop.name}</h2>
          <p className="ink2">
            {stop.address}, {what}
          </p>
        </div>
        {stop.isSyncing && <output className="tag">{words.route.syncing}</output>}
      </div>
      {stop.details && (
        <p className="sm">
          <span className="ink2">{words.route.details}: </span>
          <span className="b">{stop.details}</span>
        </p>
      )}
      {stop.note && (
        <p className="row sm stop-note">
          <MessageSquareText size={18} strokeWidth={1.75} aria-hidden />
          <span className="b">{stop.note}</span>
        </p>
      )}
      {stop.arrivedAtMs === null && <OnTheWay stop={stop} line={line} />}
      {stop.arrivedAtMs !== null && (isPickup ? <AtMerchant stop={stop} /> : <ItemCheck stop={stop} />)}
    </>
  )
}

function OnTheWay({ stop, line }: { stop: ShownStop; line: RideLine }) {
  const fix = useDriverView((view) => view.fix)
  const format = useFormats()
  const isPickup = stop.kind === 'pickup'
  const hasLine = line.points.length > 1
  return (
    <div className="facts">
      <div>
        <div className="h">{stop.etaMs ? format.time(stop.etaMs) : '–'}</div>
        <div className="sm ink2">{words.route.youArrive}</div>
      </div>
      <div>
        <div className="h">{isPickup ? readyText(stop, format.time) : String(stop.itemCount)}</div>
        <div className="sm ink2">
          {isPickup ? (stop.isReady ? words.route.isReady : words.route.foodReady) : words.offer.items(stop.itemCount)}
        </div>
      </div>
      <div>
        <div className="h">{hasLine ? format.distance(metresTo(line, fix, stop.place)) : '–'}</div>
        <div className="sm ink2">{words.route.toGo}</div>
      </div>
    </div>
  )
}

const readyText = (stop: ShownStop, time: (ms: number) => string) => (stop.readyAtMs ? time(stop.readyAtMs) : '–')

/** Longer than this in front of a kitchen is for dispatch to know about. */
const LONG_WAIT_MS = 5 * 60_000

function AtMerchant({ stop }: { stop: ShownStop }) {
  const nowMs = useServerNow(1_000)
  const format = useFormats()
  const sinceMs = stop.arrivedAtMs ?? nowMs
  const waitedMs = Math.max(0, nowMs - sinceMs)
  return (
    <>
      {!stop.isReady && (
        <output className="notice">
          <p className="row">
            <span className="grow">
              {words.route.waitingFor(format.time(sinceMs))}
              {stop.readyAtMs && <span className="sm ink2 second">{words.route.kitchenSays(format.time(stop.readyAtMs))}</span>}
            </span>
            <span className="h" role="timer">
              {clockText(waitedMs)}
            </span>
          </p>
          {waitedMs > LONG_WAIT_MS && <p className="sm c-late">{words.route.longWait}</p>}
        </output>
      )}
      <ItemCheck stop={stop} />
    </>
  )
}

function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
