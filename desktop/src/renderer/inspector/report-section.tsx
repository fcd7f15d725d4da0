import { X } from 'lucide-react'
import { Glyph } from '../board/glyph.tsx'
import { useConsole, useConsoleState } from '../live/console-context.ts'

/** What became of each order of the last action on several: every row its own result, those refused first. */
export function ReportSection() {
  const { actions } = useConsole()
  const report = useConsoleState((s) => s.report)
  if (!report) return null
  const rows = [...report.rows].sort((a, b) => Number(a.isDone) - Number(b.isDone) || a.number - b.number)
  const done = rows.filter((row) => row.isDone).length
  const refused = rows.length - done
  return (
    <section className="sec report" aria-label="Result">
      <h3>
        {report.title}
        <span className="grow" />
        <button type="button" className="ib" aria-label="Close the result" onClick={() => actions.dismissNotice()}>
          <X size={14} strokeWidth={1.75} />
        </button>
      </h3>
      <output className="ink2">
        {done} done{refused > 0 && <b className="c-act">, {refused} not</b>}
        {report.left > 0 && `, ${report.left} under way`}
      </output>
      <ul>
        {rows.map((row) => (
          <li key={row.orderId}>
            <Glyph name={row.isDone ? 'dot' : 'octagon'} tone={row.isDone ? 'idle' : 'act'} />
            <button type="button" className="linkish" onClick={() => actions.select({ kind: 'order', id: row.orderId })}>
              #{row.number}
            </button>
            <span className={row.isDone ? 'ink2' : ''}>{row.text}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
