import { type FormEvent, useState } from 'react'
import { Glyph } from '../board/glyph.tsx'
import { useConsole, useConsoleState } from '../live/console-context.ts'

/** The way in: e-mail and password, or one click where this is a demo. */
export function SignIn() {
  const { session } = useConsole()
  const about = useConsoleState((s) => s.about)
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const attempt = async (go: () => Promise<string | undefined>) => {
    setBusy(true)
    setProblem(undefined)
    setProblem(await go())
    setBusy(false)
  }
  const submit = (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault()
    const { email, password } = Object.fromEntries(new FormData(e.currentTarget))
    if (typeof email === 'string' && typeof password === 'string') void attempt(() => session.signIn(email, password))
  }
  return (
    <main className="signin">
      <form onSubmit={submit} aria-busy={isBusy}>
        <h1>
          Doorstep dispatch
          {about && <small className="ink3">{about.city.title}</small>}
        </h1>
        <label>
          Email
          <input className="field" name="email" type="email" autoComplete="username" required />
        </label>
        <label>
          Password
          <input className="field" name="password" type="password" autoComplete="current-password" required />
        </label>
        {problem && (
          <div className="say act" role="alert">
            <Glyph name="octagon" tone="act" />
            <span>{problem}</span>
          </div>
        )}
        <button type="submit" className="btn pri" disabled={isBusy}>
          {isBusy ? 'Signing in…' : 'Sign in'}
        </button>
        {about?.isDemo && (
          <button type="button" className="btn" disabled={isBusy} onClick={() => void attempt(() => session.signInToDemo())}>
            Take the dispatcher’s seat of the demo
          </button>
        )}
      </form>
    </main>
  )
}
