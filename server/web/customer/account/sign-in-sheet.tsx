import { kitWords, Sheet, SignInForm, useView } from '../../kit/index.ts'

/** Signing in or registering on the way to something else. */
export function SignInSheet({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const { session } = useView()
  const me = session.use((state) => state.me)
  return (
    <Sheet title={kitWords.signIn.title} onClose={onClose}>
      <SignInForm seat="customer" mayRegister onDone={onDone}>
        {me && me.role !== 'customer' && <p className="notice">{kitWords.signIn.otherRole(me.role)}</p>}
      </SignInForm>
    </Sheet>
  )
}
