import type { Decision, OrderEvent } from '@doorstep/shared/contract'
import { Check, ChevronRight, Copy } from 'lucide-react'
import { useState } from 'react'
import { useConsoleState, useZoneTime } from '../live/console-context.ts'
import { useMoney } from '../live/use-money.ts'
import { compared, decisionTitle, secondWords, staffEventOf, wouldChangeWords } from './decision-words.ts'
import { LeftOut } from './left-out.tsx'
import { TermsTable } from './terms-table.tsx'

/** How many decisions are listed before the rest is asked for. */
const LISTED = 2

/** What was decided about an order, newest first, by the planner and by staff; each opens to its terms. */
export function DecisionHistory({ decisions, events }: { decisions: readonly Decision[]; events: readonly OrderEvent[] }) {
  const [openId, setOpenId] = useState<string | null>(null)
  const [isAll, setAll] = useState(false)
  const shown = isAll ? decisions : decisions.slice(0, LISTED)
  if (decisions.length === 0) return null
  return (
    <div className="decisions">
      {shown.map((decision, i) => (
        <Entry
          key={decision.id}
          decision={decision}
          events={events}
          isLatest={i === 0}
          isOpen={openId === decision.id}
          onToggle={() => setOpenId(openId === decision.id ? null : decision.id)}
        />
      ))}
      {decisions.length > LISTED && (
        <button type="button" className="ink3 linkish" onClick={() => setAll(!isAll)}>
          {isAll ? 'fewer decisions' : `${decisions.length - LISTED} earlier`}
        </button>
      )}
    </div>
  )
}

interface EntryProps {
  decision: Decision
  events: readonly OrderEvent[]
  isLatest: boolean
  isOpen: boolean
  onToggle: () => void
}

function Entry({ decision, events, isLatest, isOpen, onToggle }: EntryProps) {
  const { hm } = useZoneTime()
  const money = useMoney()
  const event = staffEventOf(decision, events)
  const reason = typeof event?.data['reason'] === 'string' ? event.data['reason'] : ''
  const second = secondWords(decision, money)
  return (
    <div>
      <button type="button" className="decision" aria-expanded={isOpen} onClick={onToggle}>
        <ChevronRight size={12} strokeWidth={1.75} className={isOpen ? 'open' : ''} />
        <span className="ink3">{hm(decision.atMs)}</span>
        <span className={isLatest ? 'b' : 'ink2'}>
          {decisionTitle(decision, event?.actorName?.split(' ')[0])}
          {reason && `: ${reason}`}
        </span>
        <span className="ink3">{decision.kind === 'staff' ? 'staff' : decision.policy.replaceAll('-', ' ')}</span>
      </button>
      {isLatest && !isOpen && second && <p className="ink2 second">{second}</p>}
      {isOpen && <Details decision={decision} second={second} />}
    </div>
  )
}

function Details({ decision, second }: { decision: Decision; second: string | null }) {
  const number = useConsoleState((s) => s.orders.get(decision.orderId)?.number)
  return (
    <div className="details">
      {second && <p className="ink2">{second}</p>}
      {decision.wouldChange.map((each) => (
        <p key={each.driverId + each.code} className="ink2">
          {wouldChangeWords(each, decision.driverId)}
        </p>
      ))}
      {decision.candidates.length > 0 && <TermsTable candidates={compared(decision)} policy={decision.policy} />}
      <LeftOut leftOut={decision.leftOut} />
      <CopyId id={decision.id} about={`decision about #${number ?? ''}`} />
    </div>
  )
}

function CopyId({ id, about }: { id: string; about: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(id)
    setCopied(true)
  }
  return (
    <button
      type="button"
      className="copyid"
      title="npm run decision -- computes it again"
      aria-label={`Copy the id of this ${about}`}
      onClick={() => void copy()}
    >
      {isCopied ? <Check size={12} strokeWidth={1.75} /> : <Copy size={12} strokeWidth={1.75} />}
      <code>{id}</code>
      {isCopied && 'copied'}
    </button>
  )
}
