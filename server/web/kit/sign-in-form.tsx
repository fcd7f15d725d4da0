import type { ApiProblem } from '@doorstep/shared/client'
import type { Me } from '@doorstep/shared/contract'
import type { Result } from '@doorstep/shared/domain'
import { type ReactNode, useId, useState } from 'react'
import { describeProblem } from './describe-problem.ts'
import { kitWords } from './kit-words.ts'
import { useAbout, useView } from './view.ts'

const words = kitWords.signIn

interface Props {
  /** Whose surface this is; the demo's button signs in to it. */
  seat: Me['role']
  /** Customers register themselves. */
  mayRegister?: boolean
  onDone: () => void
  children?: ReactNode
}

/** Signing in or registering; in a demo also by one press. */
export function SignInForm({ seat, mayRegister = false, onDone, children }: Props) {
  const { session } = useView()
  const { isDemo } = useAbout()
  const [isNew, setIsNew] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<ApiProblem>()

  const run = async (call: Promise<Result<unknown, ApiProblem>>) => {
    setIsBusy(true)
    setError(undefined)
    const result = await call
    setIsBusy(false)
    if (result.ok) onDone()
    else setError(result.error)
  }
  const submit = (data: FormData) => {
    const field = (name: string) => {
      const value = data.get(name)
      return typeof value === 'string' ? value : ''
    }
    const email = field('email')
    const password = field('password')
    void run(isNew ? session.register(email, password, field('name')) : session.signIn(email, password))
  }

  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        submit(new FormData(event.currentTarget))
      }}
    >
      {children}
      {isDemo && (
        <>
          <p className="sm ink2">{words.demoNote}</p>
          <button type="button" className="tb line" disabled={isBusy} onClick={() => void run(session.signInToDemo(seat))}>
            {words.demo}
          </button>
        </>
      )}
      {isNew && <Field name="name" label={words.name} autoComplete="name" maxLength={80} />}
      <Field name="email" type="email" label={words.email} autoComplete="username" maxLength={254} />
      <Field
        name="password"
        type="password"
        label={words.password}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        maxLength={200}
        {...(isNew && { minLength: 8, hint: words.passwordHint })}
      />
      <div role="alert">{error && <p className="problem">{describeProblem(error)}</p>}</div>
      <button type="submit" className="tb pri" disabled={isBusy}>
        {isBusy ? words.working : isNew ? words.submitRegister : words.submit}
      </button>
      {mayRegister && (
        <button type="button" className="tb" onClick={() => setIsNew(!isNew)}>
          {isNew ? words.toSignIn : words.toRegister}
        </button>
      )}
    </form>
  )
}

interface FieldProps {
  name: string
  label: string
  type?: string
  autoComplete: string
  maxLength: number
  minLength?: number
  hint?: string
}

function Field({ label, hint, ...input }: FieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} required aria-describedby={hint ? `${id}-hint` : undefined} {...input} />
      {hint && (
        <p id={`${id}-hint`} className="sm ink2">
          {hint}
        </p>
      )}
    </div>
  )
}
