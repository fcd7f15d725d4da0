import { CircleEllipsis, Wifi, WifiOff } from 'lucide-react'
import { useState } from 'react'
import { useDriverView, useFormats } from './driver-context.ts'
import { MenuSheet } from './shift/menu-sheet.tsx'
import { isCutOff } from './state/driver-view.ts'
import { words } from './words.ts'

/** The bar that never leaves: connected or since when not, what is still to be sent, what today has earned. */
export function TopBar() {
  const lostAtMs = useDriverView((view) => view.lostAtMs)
  const isOnShift = useDriverView((view) => Boolean(view.state?.shift))
  const toSend = useDriverView((view) => view.entries.filter((entry) => entry.state === 'waiting').length)
  const isLost = useDriverView(isCutOff)
  const isConnecting = useDriverView((view) => view.live === 'connecting' || view.live === 'reconnecting')
  const [isOpen, setIsOpen] = useState(false)
  const format = useFormats()
  return (
    <header className={isLost ? 'netbar bad' : 'netbar'}>
      <span className={isLost ? 'c-late' : isConnecting ? 'ink3' : 'c-idle'}>
        {isLost ? <WifiOff {...ICON} /> : <Wifi {...ICON} />}
      </span>
      <output>
        {isLost && lostAtMs !== null ? (
          <>
            <span className="b">{words.noConnectionSince(format.time(lostAtMs))}</span>
            <span className="sm ink2 second">{words.nothingLost}</span>
          </>
        ) : (
          <span className="b">
            {isOnShift ? words.online : words.offline}{' '}
            <span className="ink2 plain">
              {isConnecting ? words.reconnecting : toSend > 0 ? words.toSend(toSend) : isOnShift ? words.allSent : ''}
            </span>
          </span>
        )}
      </output>
      {isLost && toSend > 0 ? <span className="c-late b">{words.toSend(toSend)}</span> : <Today />}
      {isLost && toSend > 0 ? (
        <span />
      ) : (
        <button type="button" className="tb sq" aria-label={words.menu} onClick={() => setIsOpen(true)}>
          <CircleEllipsis {...ICON} size={24} />
        </button>
      )}
      {isOpen && <MenuSheet onClose={() => setIsOpen(false)} />}
    </header>
  )
}

const ICON = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const

function Today() {
  const earned = useDriverView((view) => view.earnedTodayMinor)
  const currency = useDriverView((view) => view.about?.city.currency)
  const format = useFormats()
  if (earned === null || !currency) return <span />
  return <span className="ink2">{words.today(format.money(earned, currency))}</span>
}
