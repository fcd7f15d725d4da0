import { ContextMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import type { ConsoleState } from '../live/console-store.ts'
import { targetsOf } from '../live/mark-orders.ts'
import { blockOf, type CommandKind, MAX_PRIORITY } from '../live/order-command.ts'

interface Item {
  kind: CommandKind
  word: string
  keys: string
  run: () => void
}

/** The menu of the orders under the pointer, or of those that are marked; the menu key opens it as well. */
export function OrderMenu({ children }: { children: ReactNode }) {
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8}>
          <Items />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}

function Items() {
  const { actions } = useConsole()
  const state = useConsoleState((s) => s)
  const targets = targetsOf(state)
  const [first] = targets
  if (!first) return <div className="mi ink3">No order is selected</div>
  const give = (kind: 'unassign' | 'hold' | 'release' | 'accept' | 'veto') => () => void actions.command({ kind })
  const proposed: Item[] = [
    { kind: 'accept', word: 'Accept the proposal', keys: 'Y', run: give('accept') },
    { kind: 'veto', word: 'Veto the proposal', keys: 'V', run: give('veto') },
  ]
  const groups: Item[][] = [
    proposed.filter(({ kind, word }) => isPossible(state, targets, kind, word)),
    [
      { kind: 'assign', word: 'Give to a driver…', keys: 'A', run: () => actions.ask('assign') },
      { kind: 'unassign', word: 'Take from the driver', keys: 'U', run: give('unassign') },
      ...(targets.length === 1
        ? [{ kind: 'pin' as const, word: 'Only for a driver…', keys: 'P', run: () => actions.ask('pin') }]
        : []),
    ],
    [
      { kind: 'hold', word: 'Hold', keys: 'H', run: give('hold') },
      { kind: 'hold', word: 'Hold with a reason…', keys: 'Shift H', run: () => actions.ask('hold') },
      { kind: 'release', word: 'Release', keys: 'R', run: give('release') },
    ],
    [
      { kind: 'priority', word: 'Raise priority', keys: '+', run: () => void actions.stepPriority(1) },
      { kind: 'priority', word: 'Lower priority', keys: '−', run: () => void actions.stepPriority(-1) },
      {
        kind: 'extend',
        word: 'Promise 10 min later',
        keys: 'X 2',
        run: () => void actions.command({ kind: 'extend', minutes: 10 }),
      },
      { kind: 'extend', word: 'Promise later…', keys: 'X', run: () => actions.ask('extend') },
    ],
  ]
  const number = state.orders.get(first)?.number
  return (
    <>
      <ContextMenu.Label className="mi ink3">{targets.length > 1 ? `${targets.length} orders` : `#${number}`}</ContextMenu.Label>
      {groups
        .filter((group) => group.length > 0)
        .map((group, i) => (
          <ContextMenu.Group key={group[0]?.word}>
            {i > 0 && <ContextMenu.Separator className="msep" />}
            {group.map(({ word, keys, kind, run }) => (
              <ContextMenu.Item key={word} className="mi" disabled={!isPossible(state, targets, kind, word)} onSelect={run}>
                {word}
                <kbd className="kbd">{keys}</kbd>
              </ContextMenu.Item>
            ))}
          </ContextMenu.Group>
        ))}
    </>
  )
}

function isPossible({ orders }: ConsoleState, targets: readonly string[], kind: CommandKind, word: string): boolean {
  const end = word.startsWith('Lower') ? 0 : word.startsWith('Raise') ? MAX_PRIORITY : null
  return targets.some((id) => {
    const order = orders.get(id)
    return order !== undefined && blockOf(order, kind) === null && (end === null || order.priority !== end)
  })
}
