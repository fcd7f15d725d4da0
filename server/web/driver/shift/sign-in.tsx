import { type FormEvent, useId } from 'react'
import { useDriver, useDriverView } from '../driver-context.ts'
import { words } from '../words.ts'

/** Signing in; in a demo also by one press. */
export function SignIn() {
  const { actions } = useDriver()
  const isDemo = useDriverView((view) => view.about?.isDemo ?? false)
  const isBusy = useDriverView((view) => view.busy === 'sign_in')
  const problem = useDriverView((view) => view.problem)
  const id = useId()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const field = (name: string) => {
      const value = data.get(name)
      return typeof value === 'string' ? value : ''
    }
    void actions.signIn(field('email'), field('password'))
  }
  return (
    <main className="scr">
      <form className="form sign-in" onSubmit={submit}>
        <h1 className="big">{words.signIn.title}</h1>
        {isDemo && (
          <>
            <p className="ink2">{words.signIn.demoNote}</p>
            <button type="button" className="tb line" disabled={isBusy} onClick={() => void actions.takeDemoSeat()}>
              {words.signIn.demo}
            </button>
          </>
        )}
        <div className="field">
          <label htmlFor={`${id}-email`}>{words.signIn.email}</label>
          <input id={`${id}-email`} name="email" type="email" autoComplete="username" maxLength={254} required />
        </div>
        <div className="field">
          <label htmlFor={`${id}-password`}>{words.signIn.password}</label>
          <input id={`${id}-password`} name="password" type="password" autoComplete="current-password" maxLength={200} required />
        </div>
        <div role="alert">{problem && <p className="problem">{problem}</p>}</div>
        <button type="submit" className="tb pri" disabled={isBusy}>
          {isBusy ? words.signIn.working : words.signIn.submit}
        </button>
      </form>
    </main>
  )
}

/** Somebody who is not a driver is signed in. */
export function OtherSeat() {
  const { actions } = useDriver()
  const me = useDriverView((view) => view.me)
  const isDemo = useDriverView((view) => view.about?.isDemo ?? false)
  return (
    <main className="scr state">
      <h1 className="big">{words.otherSeat.title}</h1>
      {me && <p className="ink2">{words.otherSeat.text(me.name, me.role)}</p>}
      {isDemo && (
        <button type="button" className="tb pri" onClick={() => void actions.takeDemoSeat()}>
          {words.otherSeat.demo}
        </button>
      )}
      <button type="button" className="tb line wide" onClick={() => void actions.signOut()}>
        {words.otherSeat.signOut}
      </button>
    </main>
  )
}

/** Nobody answers, and nothing is kept from before. */
export function Unreachable() {
  const { actions } = useDriver()
  return (
    <main className="scr state" role="alert">
      <h1 className="big">{words.unreachable.title}</h1>
      <p className="ink2">{words.unreachable.text}</p>
      <button type="button" className="tb pri" onClick={actions.open}>
        {words.unreachable.again}
      </button>
    </main>
  )
}
