import type { Alert } from '@doorstep/shared/contract'
import { useMemo } from 'react'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import type { Selection } from '../live/console-store.ts'
import { isBehind } from '../live/link-state.ts'
import { useTicking } from '../live/tick.ts'
import { shortName } from './format.ts'
import { Glyph } from './glyph.tsx'
import type { AlertClass, OrderGlyph } from './order-look.ts'
import { ProposalChip } from './proposal-chip.tsx'
import { Stepper } from './stepper.tsx'

const CHIPS: { class: AlertClass; word: string; glyph: OrderGlyph; tone: string; act: boolean }[] = [
  { class: 'stuck', word: 'Stuck', glyph: 'octagon', tone: 'act', act: true },
  { class: 'unassigned', word: 'Unassigned', glyph: 'square-hollow', tone: 'plain', act: false },
  { class: 'late', word: 'Late', glyph: 'triangle', tone: 'late', act: false },
  { class: 'at_risk', word: 'At risk', glyph: 'triangle-hollow', tone: 'late', act: false },
  { class: 'merchant_slow', word: 'Merchant slow', glyph: 'clock', tone: 'late', act: false },
  { class: 'gps_dark', word: 'GPS dark', glyph: 'ring-dashed', tone: 'off', act: false },
]

/** What is going wrong, a chip a class, one count a cause; a chip that is on dims everything else. */
export function Exceptions() {
  const alerts = useConsoleState((s) => s.alerts)
  return (
    <nav className="exc" aria-label="Exceptions">
      {CHIPS.map((chip) => (
        <Chip key={chip.class} chip={chip} alerts={alerts.filter((alert) => alert.class === chip.class)} />
      ))}
      <ProposalChip />
      <span className="grow" />
      <BehindNote />
    </nav>
  )
}

/** While the connection is not live, says what that means for what is on screen. */
function BehindNote() {
  const { tick } = useConsole()
  const link = useConsoleState((s) => s.link)
  const wasLoaded = useConsoleState((s) => s.phase === 'ready')
  const isLong = useTicking(tick, () => isBehind(link.state) && performance.now() - link.sinceMs > PATIENCE_MS)
  if (!isLong || !wasLoaded) return null
  if (link.state === 'alone') {
    return (
      <output className="behind calm">
        <Glyph name="ring-dashed" tone="late" />
        This node is on its own: changes made elsewhere may come late
      </output>
    )
  }
  return (
    <span className="behind" role="alert">
      <Glyph name="octagon" tone="act" />
      Not live: what you see may have changed
    </span>
  )
}

/** Shorter losses are only told by the state at the top. */
const PATIENCE_MS = 4_000

function Chip({ chip, alerts }: { chip: (typeof CHIPS)[number]; alerts: Alert[] }) {
  const { actions } = useConsole()
  const isOn = useConsoleState((s) => s.exception === chip.class)
  const noDriver = useConsoleState((s) => (chip.class === 'unassigned' ? countNoDriver(s.orders) : 0))
  const cause = useCause(alerts)
  const acts = alerts.length > 0 && (chip.act || noDriver > 0)
  const none = alerts.length === 0
  const isKnown = useConsoleState((s) => s.phase === 'ready')
  return (
    <div className={`chip group ${isOn ? 'on' : ''} ${acts && chip.act ? 'act' : ''}`}>
      <button
        type="button"
        aria-pressed={isOn}
        disabled={none && !isOn}
        className={none ? 'ink3' : ''}
        title={alerts.map((alert) => alert.text).join('\n') || `Nothing is ${chip.word.toLowerCase()}`}
        onClick={() => actions.setException(chip.class)}
      >
        <Glyph name={chip.glyph} tone={none ? 'plain' : chip.tone} />
        <span className="name">{chip.word}</span>
        <span className="n">{isKnown ? alerts.length : ''}</span>
        {noDriver > 0 && <span className="c-act b">{noDriver} no driver</span>}
        {cause && <span className="sub wide">{cause}</span>}
      </button>
      {isOn && <AlertSteps alerts={alerts} />}
    </div>
  )
}

const countNoDriver = (
  orders: ReadonlyMap<string, { noDriverAvailable: boolean; driverId: string | null; endedAtMs: number | null }>,
) => {
  let count = 0
  for (const order of orders.values()) if (order.noDriverAvailable && !order.driverId && order.endedAtMs === null) count++
  return count
}

/** With a single cause, says which: the driver or merchant behind it and how many orders hang on it. */
function useCause(alerts: Alert[]): string {
  const only = alerts.length === 1 ? alerts[0] : undefined
  const driver = useConsoleState((s) => (only?.driverId ? s.drivers.get(only.driverId)?.name : undefined))
  if (!only || only.orderIds.length === 0) return driver ? shortName(driver) : ''
  const orders = `${only.orderIds.length} ${only.orderIds.length === 1 ? 'order' : 'orders'}`
  return driver ? `${shortName(driver)}, ${orders}` : only.orderIds.length > 1 ? orders : ''
}

function AlertSteps({ alerts }: { alerts: Alert[] }) {
  return <Stepper steps={useMemo(() => stepsOf(alerts), [alerts])} />
}

/** Everything the class touches, one after another: its orders, or the driver where no order is touched. */
function stepsOf(alerts: Alert[]): Selection[] {
  return alerts.flatMap((alert): Selection[] =>
    alert.orderIds.length > 0
      ? alert.orderIds.map((id) => ({ kind: 'order', id }))
      : alert.driverId
        ? [{ kind: 'driver', id: alert.driverId }]
        : [],
  )
}
