import type { BoardOrder } from '@doorstep/shared/contract'
import { X } from 'lucide-react'
import { useMemo } from 'react'
import { shortName } from '../board/format.ts'
import { slackMs } from '../board/slack.ts'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import { blockOf, type CommandKind } from '../live/order-command.ts'
import { useTicking } from '../live/tick.ts'
import { AskSection } from './ask-section.tsx'
import { DriverPicker } from './driver-picker.tsx'

/** Several marked orders: how they stand together, and what can be done to all of them. */
export function BulkInspector() {
  const { actions } = useConsole()
  const marked = useConsoleState((s) => s.marked)
  const all = useConsoleState((s) => s.orders)
  const question = useConsoleState((s) => s.question)
  const orders = useMemo(
    () => [...marked].flatMap((id) => all.get(id) ?? []).filter((order) => order.endedAtMs === null),
    [marked, all],
  )
  return (
    <>
      <div className="sec">
        <div className="idl">
          <span className="num">{orders.length} orders marked</span>
          <span className="grow" />
          <button type="button" className="ib" aria-label="Unmark all" onClick={() => actions.unmark()}>
            <X size={14} strokeWidth={1.75} />
          </button>
        </div>
        <Summary orders={orders} />
      </div>
      <Buttons orders={orders} />
      <AskSection />
      {question === 'assign' && (
        <section className="sec choosing" aria-label="Give all to which driver?">
          <h3>Give all to which driver?</h3>
          <DriverPicker
            forId="marked"
            orders={orders}
            exceptId={null}
            word={(name) => `Give ${orders.length} orders to ${shortName(name)}`}
            onGive={(driverId) => void actions.command({ kind: 'assign', driverId })}
          />
        </section>
      )}
    </>
  )
}

function Summary({ orders }: { orders: readonly BoardOrder[] }) {
  const { clock, tick } = useConsole()
  const late = useTicking(tick, () => orders.filter((order) => (slackMs(order, clock.nowMs()) ?? 0) < 0).length)
  const count = (fits: (order: BoardOrder) => boolean) => orders.filter(fits).length
  const facts: [string, number][] = [
    ['Waiting', count((order) => order.delivery === 'waiting' || order.delivery === 'offered')],
    ['With a driver', count((order) => order.driverId !== null)],
    ['Past promise', late],
    ['Held', count((order) => order.isHeld)],
    ['Proposed', count((order) => order.proposal !== null)],
  ]
  return (
    <dl className="facts">
      {facts.map(([what, number]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{number}</dd>
        </div>
      ))}
    </dl>
  )
}

function Buttons({ orders }: { orders: readonly BoardOrder[] }) {
  const { actions } = useConsole()
  const hasProposals = orders.some((order) => order.proposal)
  return (
    <div className="sec acts three">
      <BulkAct orders={orders} kind="assign" word="Assign…" keys="A" onPress={() => actions.ask('assign')} />
      <BulkAct
        orders={orders}
        kind="unassign"
        word="Unassign"
        keys="U"
        onPress={() => void actions.command({ kind: 'unassign' })}
      />
      <BulkAct orders={orders} kind="hold" word="Hold" keys="H" onPress={() => void actions.command({ kind: 'hold' })} />
      <BulkAct orders={orders} kind="release" word="Release" keys="R" onPress={() => void actions.command({ kind: 'release' })} />
      <BulkAct orders={orders} kind="extend" word="Later…" keys="X" onPress={() => actions.ask('extend')} />
      <BulkAct orders={orders} kind="priority" word="Priority" keys="+" onPress={() => void actions.stepPriority(1)} />
      {hasProposals && (
        <>
          <BulkAct
            orders={orders}
            kind="accept"
            word="Accept"
            keys="Y"
            onPress={() => void actions.command({ kind: 'accept' })}
          />
          <BulkAct orders={orders} kind="veto" word="Veto" keys="V" onPress={() => void actions.command({ kind: 'veto' })} />
        </>
      )}
    </div>
  )
}

function BulkAct(props: { orders: readonly BoardOrder[]; kind: CommandKind; word: string; keys: string; onPress: () => void }) {
  const { orders, kind, word, keys, onPress } = props
  const fits = orders.filter((order) => blockOf(order, kind) === null).length
  return (
    <button type="button" className="btn" disabled={fits === 0} title={`Fits ${fits} of ${orders.length}`} onClick={onPress}>
      {word} <kbd className="kbd">{keys}</kbd>
    </button>
  )
}
