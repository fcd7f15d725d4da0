import type { FieldWords } from './policy-words.ts'

interface Props {
  words: FieldWords
  value: string
  error: string | undefined
  isChanged: boolean
  isUnused: boolean
  onChange: (value: string) => void
}

/** One field of the policy: its name, value and unit, what it does, and why the server refused it. */
export function PolicyField({ words, value, error, isChanged, isUnused, onChange }: Props) {
  const { field, word, unit, does, options } = words
  const id = `policy-${field}`
  const common = { id, className: 'field', 'aria-describedby': `${id}-does`, 'aria-invalid': error !== undefined }
  return (
    <div className={`pf ${isUnused ? 'unused' : ''} ${error ? 'bad' : ''}`}>
      <label htmlFor={id}>
        {word}
        {isChanged && <span className="chg" title="Changed, not saved yet" />}
      </label>
      {options ? (
        <select {...common} value={value} disabled={isUnused} onChange={(e) => onChange(e.target.value)}>
          {options.map(([each, text]) => (
            <option key={each} value={each}>
              {text}
            </option>
          ))}
        </select>
      ) : (
        <span className="num">
          <input {...common} inputMode="decimal" value={value} disabled={isUnused} onChange={(e) => onChange(e.target.value)} />
          <span className="ink3">{unit}</span>
        </span>
      )}
      <span id={`${id}-does`} className={error ? 'c-act' : 'ink3'}>
        {error ?? (isUnused ? 'Only with whole routes.' : does)}
      </span>
    </div>
  )
}
