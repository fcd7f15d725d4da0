/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an editable combobox with its list, as the ARIA practices draw it */
import { ArrowLeftRight, LayoutDashboard, Package, Search, User } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import type { Command } from './command.ts'
import { commandsFor } from './commands.ts'

const ICONS = { order: Package, driver: User, act: ArrowLeftRight, view: LayoutDashboard } as const

/** Ctrl K: find anything, do anything, without the mouse. */
export function Palette() {
  const { actions } = useConsole()
  const isOpen = useConsoleState((s) => s.overlay === 'palette')
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => actions.show(open ? 'palette' : null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="float pal" aria-describedby={undefined}>
          <Dialog.Title className="vh">Find or do anything</Dialog.Title>
          <Body />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Body() {
  const console = useConsole()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const context = useConsoleState((s) => contextWords(s))
  const commands = useMemo(() => commandsFor(console, text), [console, text])
  const run = (command: Command | undefined) => {
    if (!command || command.blocked) return
    console.actions.show(null)
    command.run()
  }
  const onKeyDown = (e: KeyboardEvent) => {
    const by = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0
    if (by !== 0) {
      e.preventDefault()
      setAt((i) => (i + by + commands.length) % Math.max(1, commands.length))
    } else if (e.key === 'Enter') {
      e.preventDefault()
      run(commands[at])
    }
  }
  return (
    <>
      <div className="in">
        <Search size={16} strokeWidth={1.75} className="i" />
        {context && <span className="ctx">{context}</span>}
        <input
          value={text}
          placeholder="An order, a driver, a command"
          aria-label="Find or do anything"
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={commands[at] ? `cmd-${commands[at].id}` : undefined}
          onChange={(e) => {
            setText(e.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        <kbd className="kbd">Esc</kbd>
      </div>
      <List commands={commands} at={at} text={text} onPoint={setAt} onRun={run} />
      <div className="ft">
        <span>
          <kbd className="kbd">↑</kbd>
          <kbd className="kbd">↓</kbd> choose
        </span>
        <span>
          <kbd className="kbd">Enter</kbd> run
        </span>
        <span className="grow" />
        {commands.length} {commands.length === 1 ? 'command' : 'commands'}
      </div>
    </>
  )
}

function contextWords({ selection, orders, drivers }: { selection: { kind: string; id: string } | null } & Lookups): string {
  if (!selection) return ''
  const order = orders.get(selection.id)
  return order ? `#${order.number}` : (drivers.get(selection.id)?.name ?? '')
}
interface Lookups {
  orders: ReadonlyMap<string, { number: number }>
  drivers: ReadonlyMap<string, { name: string }>
}

function List(props: {
  commands: Command[]
  at: number
  text: string
  onPoint: (i: number) => void
  onRun: (c: Command) => void
}) {
  const { commands, at, text, onPoint, onRun } = props
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.querySelector('.it.on')?.scrollIntoView({ block: 'nearest' })
  }, [at])
  if (commands.length === 0) return <p className="grp">Nothing is called “{text}”.</p>
  return (
    <div className="list" id="palette-list" role="listbox" ref={box}>
      {commands.map((command, i) => (
        <div key={`${command.group}${command.id}`} role="presentation">
          {command.group !== commands[i - 1]?.group && <div className="grp">{command.group}</div>}
          <Item command={command} isOn={i === at} text={text} onPoint={() => onPoint(i)} onRun={() => onRun(command)} />
        </div>
      ))}
    </div>
  )
}

function Item(props: { command: Command; isOn: boolean; text: string; onPoint: () => void; onRun: () => void }) {
  const { command, isOn, text, onPoint, onRun } = props
  const Icon = ICONS[command.icon]
  return (
    <div
      id={`cmd-${command.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={isOn}
      aria-disabled={command.blocked !== undefined}
      className={`it ${isOn ? 'on' : ''} ${command.blocked ? 'no' : ''}`}
      onMouseMove={onPoint}
      onMouseDown={(e) => {
        e.preventDefault()
        onRun()
      }}
    >
      <Icon size={16} strokeWidth={1.75} className="i" />
      <span className="cut">
        <Marked label={command.label} text={text} />
      </span>
      <span className="d">{command.blocked ? `no: ${command.blocked}` : command.detail}</span>
      {command.key ? <kbd className="kbd">{command.key}</kbd> : <span />}
    </div>
  )
}

function Marked({ label, text }: { label: string; text: string }) {
  const word = text.trim().split(/\s+/)[0] ?? ''
  const at = word ? label.toLowerCase().indexOf(word.toLowerCase()) : -1
  if (at < 0) return label
  return (
    <>
      {label.slice(0, at)}
      <mark>{label.slice(at, at + word.length)}</mark>
      {label.slice(at + word.length)}
    </>
  )
}
