import type { DispatchPolicy } from '@doorstep/shared/contract'
import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type FormEvent, useState } from 'react'
import { AUTONOMY } from '../board/autonomy-words.ts'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import { changePolicy } from '../live/follow-policy.ts'
import { PolicyField } from './policy-field.tsx'
import { changeOf, differingFields, errorsOf, type FieldName, formOf } from './policy-form.ts'
import { fieldWord, POLICY_COLUMNS } from './policy-words.ts'

/** The zone's dispatch policy, edited as a whole: saved with its version, refused field by field. */
export function PolicyPanel() {
  const { actions } = useConsole()
  const isOpen = useConsoleState((s) => s.overlay === 'policy')
  const policy = useConsoleState((s) => s.policy)
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => actions.show(open ? 'policy' : null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="float panel" aria-describedby={undefined}>
          {policy ? <Form key={policy.zoneId} latest={policy} /> : <Loading />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Loading() {
  return (
    <>
      <Dialog.Title className="vh">Dispatch policy</Dialog.Title>
      <p className="ink3 late-in">Loading the policy…</p>
    </>
  )
}

function Form({ latest }: { latest: DispatchPolicy }) {
  const console = useConsole()
  const zoneName = useConsoleState((s) => s.zone?.zoneName)
  const [base, setBase] = useState(latest)
  const [form, setForm] = useState(() => formOf(latest))
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [isSaving, setSaving] = useState(false)
  const { change, errors: notNumbers } = changeOf(form, base)
  const changed = Object.keys(change).length + Object.keys(notNumbers).length > 0
  const set = (field: FieldName, value: string) => {
    setForm({ ...form, [field]: value })
    setErrors({ ...errors, [field]: undefined })
  }
  const take = (policy: DispatchPolicy) => {
    setBase(policy)
    setForm(formOf(policy))
    setErrors({})
    setFailure(null)
  }
  const save = async (e: FormEvent) => {
    e.preventDefault()
    if (Object.keys(notNumbers).length > 0) return setErrors(notNumbers)
    setSaving(true)
    const result = await changePolicy(console, change, base.version)
    setSaving(false)
    if (result.ok) {
      take(result.value)
      const text = `Dispatch policy saved, version ${result.value.version}`
      console.store.setState({ notice: { tone: 'done', text, atMs: console.clock.nowMs() } })
      console.actions.show(null)
      return
    }
    const { errors: refused = [], code, title, detail } = result.error
    setErrors(errorsOf(refused))
    if (code === 'stale_version') return setFailure(null)
    setFailure(refused.length > 0 ? 'Nothing was saved: see the fields in red' : [title, detail].filter(Boolean).join('. '))
  }
  return (
    <form onSubmit={(e) => void save(e)} noValidate>
      <header>
        <Dialog.Title asChild>
          <h2>Dispatch policy of {zoneName}</h2>
        </Dialog.Title>
        <span className="ink3">
          version {base.version}, {AUTONOMY[latest.autonomy].word.toLowerCase()}
        </span>
        <Dialog.Close className="ib" aria-label="Close">
          <X size={14} strokeWidth={1.75} />
        </Dialog.Close>
      </header>
      <div className="policy">
        {POLICY_COLUMNS.map((groups) => (
          <div key={groups[0]?.title}>
            {groups.map(({ title, fields }) => (
              <fieldset key={title}>
                <legend>{title}</legend>
                {fields.map((words) => (
                  <PolicyField
                    key={words.field}
                    words={words}
                    value={form[words.field]}
                    error={errors[words.field]}
                    isChanged={form[words.field] !== formOf(base)[words.field]}
                    isUnused={words.isJoint === true && form.name !== 'joint'}
                    onChange={(value) => set(words.field, value)}
                  />
                ))}
              </fieldset>
            ))}
          </div>
        ))}
      </div>
      {latest.version !== base.version && (
        <Overtaken base={base} latest={latest} onTake={() => take(latest)} onKeep={() => setBase(latest)} />
      )}
      {failure && (
        <p className="c-act" role="alert">
          {failure}
        </p>
      )}
      <footer>
        <span className="ink3">In force from the next look at the orders, within a second.</span>
        <span className="grow" />
        <Dialog.Close className="btn">
          Cancel <kbd className="kbd">Esc</kbd>
        </Dialog.Close>
        <button type="submit" className="btn pri" disabled={!changed || isSaving || latest.version !== base.version}>
          {isSaving ? 'Saving…' : 'Save'} <kbd className="kbd">Enter</kbd>
        </button>
      </footer>
    </form>
  )
}

/** Somebody saved while this panel was open: what they changed, and whose values to go on with. */
function Overtaken(props: { base: DispatchPolicy; latest: DispatchPolicy; onTake: () => void; onKeep: () => void }) {
  const { base, latest, onTake, onKeep } = props
  const fields = differingFields(base, latest).map((field) => fieldWord(field).toLowerCase())
  const autonomy = base.autonomy === latest.autonomy ? [] : [`autonomy (${AUTONOMY[latest.autonomy].word})`]
  const words = [...fields, ...autonomy].join(', ') || 'nothing that is shown here'
  return (
    <div className="say act" role="alert">
      <span />
      <div>
        <b>Version {latest.version} was saved meanwhile.</b> It changed {words}.
        <div className="popacts">
          <button type="button" className="btn" onClick={onTake}>
            Show it, drop mine
          </button>
          <button type="button" className="btn" onClick={onKeep}>
            Keep what I typed
          </button>
        </div>
      </div>
    </div>
  )
}
