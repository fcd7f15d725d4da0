import { useConsole, useConsoleState } from '../live/console-context.ts'

/** One line for the reason of the command that is being asked about; it may stay empty. */
export function ReasonLine({ onEnter, isFirst = false }: { onEnter?: () => void; isFirst?: boolean }) {
  const { store } = useConsole()
  const reason = useConsoleState((s) => s.reason)
  return (
    <input
      className="field reason"
      value={reason}
      maxLength={200}
      placeholder="Reason, may stay empty"
      aria-label="Reason, may stay empty"
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- asked for by a key of its own
      autoFocus={isFirst}
      onChange={(e) => store.setState({ reason: e.target.value })}
      onKeyDown={(e) => {
        if (e.key !== 'Enter' || !onEnter) return
        e.preventDefault()
        e.stopPropagation()
        onEnter()
      }}
    />
  )
}
