import type { ApiProblem } from '@doorstep/shared/client'
import type { Order } from '@doorstep/shared/contract'
import { Star } from 'lucide-react'
import { useId, useState } from 'react'
import { describeProblem, hasCode, storedState, useView } from '../../kit/index.ts'
import { words } from '../words.ts'

/** Orders rated on this device; the API refuses a second rating but does not say beforehand. */
const useRated = storedState('doorstep.rated', (stored) => {
  const ids = (stored as { ids?: unknown } | null | undefined)?.ids
  return { ids: Array.isArray(ids) ? (ids as string[]) : [] }
})
const RATED_MOST = 200

/** Stars for the merchant and for the driver, each if one likes. */
export function RateOrder({ order }: { order: Order }) {
  const { api } = useView()
  const isRated = useRated(({ ids }) => ids.includes(order.id))
  const [merchant, setMerchant] = useState(0)
  const [driver, setDriver] = useState(0)
  const [error, setError] = useState<ApiProblem>()
  const send = async () => {
    const body = { ...(merchant > 0 && { merchant }), ...(driver > 0 && { driver }) }
    const result = await api.call('POST /orders/:id/rate', { params: { id: order.id }, body })
    if (result.ok || hasCode(result.error, 'already_rated')) {
      useRated.setState(({ ids }) => ({ ids: [...ids, order.id].slice(-RATED_MOST) }))
    } else setError(result.error)
  }
  if (isRated) return <p className="hr driver">{words.track.rateThanks}</p>
  return (
    <section className="hr track-part">
      <h2 className="h">{words.track.rateTitle}</h2>
      <Stars label={words.track.rateMerchant(order.merchant.name)} value={merchant} onChange={setMerchant} />
      {order.driver && <Stars label={words.track.rateDriver(order.driver.name)} value={driver} onChange={setDriver} />}
      <div role="alert">{error && <p className="problem">{describeProblem(error)}</p>}</div>
      <button type="button" className="tb line wide" disabled={merchant + driver === 0} onClick={() => void send()}>
        {words.track.rateSend}
      </button>
    </section>
  )
}

function Stars({ label, value, onChange }: { label: string; value: number; onChange: (stars: number) => void }) {
  const name = useId()
  return (
    <fieldset className="stars">
      <legend className="sm ink2">{label}</legend>
      {[1, 2, 3, 4, 5].map((stars) => (
        <label key={stars} className="tb sq">
          <input type="radio" className="vh" name={name} checked={value === stars} onChange={() => onChange(stars)} />
          <span className="vh">{words.track.stars(stars)}</span>
          <Star size={26} strokeWidth={1.5} fill={stars <= value ? 'currentColor' : 'none'} aria-hidden />
        </label>
      ))}
    </fieldset>
  )
}
