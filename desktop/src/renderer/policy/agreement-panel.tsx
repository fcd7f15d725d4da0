import type { Agreement } from '@doorstep/shared/contract'
import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useEffect, useState } from 'react'
import { shortName } from '../board/format.ts'
import { useConsole, useConsoleState, useZoneTime } from '../live/console-context.ts'
import { useMoney } from '../live/use-money.ts'

const HOUR_MS = 3_600_000
const SPANS: [hours: number, word: string][] = [
  [1, 'Last hour'],
  [24, 'Last day'],
  [24 * 7, 'Last week'],
]

/** How often staff chose as the planner would have, and where they did not: what it cost more, and why. */
export function AgreementPanel() {
  const { actions } = useConsole()
  const isOpen = useConsoleState((s) => s.overlay === 'agreement')
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => actions.show(open ? 'agreement' : null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="float panel" aria-describedby={undefined}>
          <Report />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Report() {
  const [hours, setHours] = useState(24)
  const { report, failure } = useAgreement(hours)
  return (
    <>
      <header>
        <Dialog.Title asChild>
          <h2>Staff and planner</h2>
        </Dialog.Title>
        <span className="seg">
          {SPANS.map(([each, word]) => (
            <button
              key={each}
              type="button"
              className={each === hours ? 'on' : ''}
              aria-pressed={each === hours}
              onClick={() => setHours(each)}
            >
              {word}
            </button>
          ))}
        </span>
        <span className="grow" />
        <Dialog.Close className="ib" aria-label="Close">
          <X size={14} strokeWidth={1.75} />
        </Dialog.Close>
      </header>
      {failure ? (
        <p className="c-act">{failure}</p>
      ) : report ? (
        <Numbers report={report} />
      ) : (
        <p className="ink3 late-in">Counting…</p>
      )}
    </>
  )
}

function useAgreement(hours: number): { report: Agreement | null; failure: string | null } {
  const { api, clock } = useConsole()
  const zoneId = useConsoleState((s) => s.zone?.zoneId ?? '')
  const [heard, setHeard] = useState<{ key: string; report: Agreement | null; failure: string | null } | null>(null)
  const key = `${zoneId} ${hours}`
  useEffect(() => {
    let isCurrent = true
    void api.agreement(zoneId, Math.round(clock.nowMs() - hours * HOUR_MS)).then((result) => {
      if (!isCurrent) return
      setHeard({ key, report: result.ok ? result.value : null, failure: result.ok ? null : result.error.title })
    })
    return () => {
      isCurrent = false
    }
  }, [api, clock, zoneId, hours, key])
  return heard?.key === key ? heard : { report: null, failure: null }
}

function Numbers({ report }: { report: Agreement }) {
  const money = useMoney()
  const { choices, same, dearerByMinor, differing } = report
  if (choices === 0) {
    return (
      <div className="empty">
        <b>Nothing to compare yet</b>
        <span>
          Give orders to drivers yourself while the planner looks on; each choice is compared with what it would have done.
        </span>
      </div>
    )
  }
  const others = choices - same
  return (
    <>
      <dl className="trio big">
        <div>
          <dt>The same choice</dt>
          <dd>
            {Math.round((same / choices) * 100)}% <span className="ink3">{`${same} of ${choices}`}</span>
          </dd>
        </div>
        <div>
          <dt>Chosen otherwise</dt>
          <dd>{others}</dd>
        </div>
        <div>
          <dt>These cost more, by the planner’s cost</dt>
          <dd>
            {money(dearerByMinor)} <span className="ink3">{others > 0 && `${money(dearerByMinor / others)} each`}</span>
          </dd>
        </div>
      </dl>
      {differing.length > 0 && <Differing rows={differing} />}
    </>
  )
}

function Differing({ rows }: { rows: Agreement['differing'] }) {
  const { actions } = useConsole()
  const { hm } = useZoneTime()
  const money = useMoney()
  const open = (id: string) => {
    actions.show(null)
    actions.select({ kind: 'order', id })
  }
  return (
    <div className="scroll">
      <table className="tbl left">
        <thead>
          <tr>
            <th>Order</th>
            <th>At</th>
            <th>By</th>
            <th>Staff chose</th>
            <th>Planner</th>
            <th className="r">Dearer by</th>
            <th>Why</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.orderId + row.atMs}>
              <td>
                <button type="button" className="linkish" onClick={() => open(row.orderId)}>
                  #{row.number}
                </button>
              </td>
              <td className="ink2">{hm(row.atMs)}</td>
              <td className="ink2">{row.actorName.split(' ')[0]}</td>
              <td>{shortName(row.driverName)}</td>
              <td>{shortName(row.plannedDriverName)}</td>
              <td className="r">{row.dearerByMinor === null ? 'against a rule' : money(row.dearerByMinor)}</td>
              <td className="ink2 why">{row.reason ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
