import { useMerchant, useMerchantView } from '../merchant-context.ts'
import { words } from '../words.ts'

/** The touch after which the tablet may ring. */
export function StartShift() {
  const { actions } = useMerchant()
  const name = useMerchantView((view) => view.board?.merchant.name)
  const waiting = useMerchantView((view) => view.board?.orders.filter((order) => order.column === 'new').length ?? 0)
  return (
    <main className="center">
      <div className="form narrow">
        <p className="ink2">{name}</p>
        <h1 className="big">{words.shift.title}</h1>
        <p className="ink2">{words.shift.text}</p>
        {waiting > 0 && <output className="c-act b">{words.ringingOrders(waiting)}</output>}
        <button type="button" className="tb pri press" onClick={() => void actions.startShift()}>
          {words.shift.start}
        </button>
        <button type="button" className="tb" onClick={() => void actions.signOut()}>
          {words.signOut}
        </button>
      </div>
    </main>
  )
}
