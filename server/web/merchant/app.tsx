import { Guarded, Slow, Toasts } from '../kit/index.ts'
import { BoardScreen } from './board/board-screen.tsx'
import { useMerchantView } from './merchant-context.ts'
import { OtherSeat, SignIn, Unreachable } from './shop/sign-in.tsx'
import { StartShift } from './shop/start-shift.tsx'
import { words } from './words.ts'

/** The merchant's app. */
export function App() {
  const phase = useMerchantView((view) => view.phase)
  return (
    <Guarded>
      {phase === 'loading' && <Loading />}
      {phase === 'unreachable' && <Unreachable />}
      {phase === 'signed_out' && <SignIn />}
      {phase === 'other_seat' && <OtherSeat />}
      {phase === 'ready' && <Shift />}
      <Toasts />
    </Guarded>
  )
}

function Shift() {
  const hasBoard = useMerchantView((view) => view.board !== null)
  const isShiftOn = useMerchantView((view) => view.isShiftOn)
  if (!hasBoard) return <Loading />
  return isShiftOn ? <BoardScreen /> : <StartShift />
}

function Loading() {
  return (
    <main className="center">
      <Slow>
        <output className="ink2">{words.loading} …</output>
      </Slow>
    </main>
  )
}
