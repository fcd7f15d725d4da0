import type { BoardOrder } from '@doorstep/shared/contract'
import { Minus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import { blockOf, type CommandKind, MAX_PRIORITY } from '../live/order-command.ts'

/** What can be done to one order; each button names its key, and why it cannot be pressed. */
export function OrderButtons({ order }: { order: BoardOrder }) {
  const { actions } = useConsole()
  const question = useConsoleState((s) => s.question)
  const isLoose = order.isHeld || (order.pinnedDriverId !== null && !order.driverId)
  const ask = (next: 'assign' | 'pin' | 'extend') => actions.ask(question === next ? null : next)
  return (
    <div className="sec acts three">
      <Act order={order} kind="assign" keys="A" isOn={question === 'assign'} onPress={() => ask('assign')}>
        {order.driverId ? 'Reassign' : 'Assign'}
      </Act>
      <Act order={order} kind="unassign" keys="U" onPress={() => void actions.command({ kind: 'unassign' })}>
        Unassign
      </Act>
      <Act order={order} kind="pin" keys="P" isOn={question === 'pin'} onPress={() => ask('pin')}>
        Only for…
      </Act>
      {isLoose ? (
        <Act
          order={order}
          kind="release"
          keys={order.isHeld ? 'H' : 'R'}
          onPress={() => void actions.command({ kind: 'release' })}
        >
          Release
        </Act>
      ) : (
        <Act order={order} kind="hold" keys="H" onPress={() => void actions.command({ kind: 'hold' })}>
          Hold
        </Act>
      )}
      <Act order={order} kind="extend" keys="X" isOn={question === 'extend'} onPress={() => ask('extend')}>
        Later…
      </Act>
      <Priority order={order} />
    </div>
  )
}

interface ActProps {
  order: BoardOrder
  kind: CommandKind
  keys: string
  isOn?: boolean
  onPress: () => void
  children: ReactNode
}

function Act({ order, kind, keys, isOn, onPress, children }: ActProps) {
  const blocked = blockOf(order, kind)
  return (
    <button
      type="button"
      className="btn"
      disabled={blocked !== null}
      title={blocked === null ? undefined : `Not now: ${blocked}`}
      {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
      onClick={onPress}
    >
      {children} <kbd className="kbd">{keys}</kbd>
    </button>
  )
}

function Priority({ order }: { order: BoardOrder }) {
  const { actions } = useConsole()
  const blocked = blockOf(order, 'priority')
  return (
    <fieldset className="btn stepper" aria-label={`Priority ${order.priority} of ${MAX_PRIORITY}`} title="Priority, + and −">
      <button
        type="button"
        aria-label="Lower priority"
        disabled={blocked !== null || order.priority === 0}
        onClick={() => void actions.stepPriority(-1)}
      >
        <Minus size={12} strokeWidth={1.75} />
      </button>
      <span>Priority {order.priority}</span>
      <button
        type="button"
        aria-label="Raise priority"
        disabled={blocked !== null || order.priority === MAX_PRIORITY}
        onClick={() => void actions.stepPriority(1)}
      >
        <Plus size={12} strokeWidth={1.75} />
      </button>
    </fieldset>
  )
}
