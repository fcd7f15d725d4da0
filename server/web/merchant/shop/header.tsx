import { Pause, Play, Timer, Volume2, VolumeX, Wifi, WifiOff } from 'lucide-react'
import { useState } from 'react'
import { useFormats, useMerchant, useMerchantView, useServerNow } from '../merchant-context.ts'
import { words } from '../words.ts'
import { PauseSheet } from './pause-sheet.tsx'
import { TabletSheet } from './tablet-sheet.tsx'

const ICON = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const
const BUSY_STEP = 10

/** Whose board this is, whether it rings and is connected, busy mode and pause, and the time of the zone. */
export function Header() {
  const name = useMerchantView((view) => view.board?.merchant.name)
  const [isOpen, setIsOpen] = useState(false)
  const nowMs = useServerNow(1_000)
  const format = useFormats()
  return (
    <>
      <header className="mtop">
        <button type="button" className="tb shop-name h" onClick={() => setIsOpen(true)}>
          {name}
        </button>
        <SoundState />
        <span className="grow" />
        <Connection />
        <BusyButton />
        <PauseButton />
        <time className="h clock">{format.time(nowMs)}</time>
      </header>
      <Bars />
      {isOpen && <TabletSheet onClose={() => setIsOpen(false)} />}
    </>
  )
}

function SoundState() {
  const { core, actions } = useMerchant()
  useServerNow(2_000)
  const isOn = core.sounds.isOn()
  if (isOn) {
    return (
      <span className="row sound" title={words.shift.soundOn}>
        <Volume2 {...ICON} />
        <span className="ink2 word-wide">{words.shift.soundOn}</span>
      </span>
    )
  }
  return (
    <button type="button" className="tb line c-late" onClick={() => void actions.startShift()}>
      <VolumeX {...ICON} />
      {words.shift.soundOff}
    </button>
  )
}

function Connection() {
  const live = useMerchantView((view) => view.live)
  const isUp = live === 'live' || live === 'catching_up'
  const word = isUp ? words.connected : words.connecting
  return (
    <output className={`row sound ${isUp ? 'c-idle' : 'c-late'}`} title={word}>
      {isUp ? <Wifi {...ICON} /> : <WifiOff {...ICON} />}
      <span className={isUp ? 'ink2 word-wide' : ''}>{word}</span>
    </output>
  )
}

function BusyButton() {
  const { actions } = useMerchant()
  const extra = useMerchantView((view) => view.shop?.busyExtraMinutes ?? 0)
  const isOn = extra > 0
  return (
    <button
      type="button"
      className={isOn ? 'tb line on' : 'tb line'}
      aria-pressed={isOn}
      onClick={() => void actions.changeShop({ busyExtraMinutes: isOn ? 0 : BUSY_STEP })}
    >
      <Timer {...ICON} />
      {words.busy(isOn ? extra : BUSY_STEP)}
    </button>
  )
}

function PauseButton() {
  const until = usePausedUntil()
  const { actions } = useMerchant()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className={until ? 'tb line on' : 'tb line'}
        onClick={() => (until ? void actions.changeShop({ pausedUntilMs: null }) : setIsOpen(true))}
      >
        {until ? <Play {...ICON} /> : <Pause {...ICON} />}
        {until ? words.pause.resume : words.pause.button}
      </button>
      {isOpen && <PauseSheet onClose={() => setIsOpen(false)} />}
    </>
  )
}

function usePausedUntil(): number | null {
  const until = useMerchantView((view) => view.shop?.pausedUntilMs ?? null)
  const nowMs = useServerNow(5_000)
  return until !== null && until > nowMs ? until : null
}

/** What must not be missed: no connection, or nobody can order. */
function Bars() {
  const { actions } = useMerchant()
  const lostAtMs = useMerchantView((view) => view.lostAtMs)
  const pausedUntil = usePausedUntil()
  const nowMs = useServerNow(1_000)
  const format = useFormats()
  const lostMs = lostAtMs === null ? 0 : nowMs - lostAtMs
  return (
    <output>
      {lostAtMs !== null && lostMs > PATIENCE_MS && (
        <p className="mbar row">
          <span className="grow">
            <span className="b">{words.lostSince(format.time(lostAtMs))}</span> {words.lostText}
          </span>
          <button type="button" className="tb line" onClick={actions.retryNow}>
            {words.reconnect}
          </button>
        </p>
      )}
      {pausedUntil && <p className="mbar">{words.pause.bar(format.timeOrDay(pausedUntil, nowMs))}</p>}
    </output>
  )
}

/** A reconnect shorter than this is nobody's business. */
const PATIENCE_MS = 5_000
