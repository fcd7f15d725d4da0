import { words } from '../words.ts'
import { COLUMNS, type Column } from './board-columns.ts'

interface Props {
  shown: Column
  counts: Record<Column, number>
  onShow: (column: Column) => void
}

/** On a phone, which column is shown. */
export function BoardTabs({ shown, counts, onShow }: Props) {
  return (
    <nav className="tabs" aria-label={words.board}>
      {COLUMNS.map((column) => (
        <button
          key={column}
          type="button"
          className="tb"
          aria-current={shown === column ? 'true' : undefined}
          onClick={() => onShow(column)}
        >
          {words.columns[column]}{' '}
          <span className={column === 'new' && counts.new > 0 ? 'c-act b' : 'ink2'}>{counts[column]}</span>
        </button>
      ))}
    </nav>
  )
}
