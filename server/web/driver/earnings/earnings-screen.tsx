import type { ReplyOf } from '@doorstep/shared/client'
import { ArrowLeft } from 'lucide-react'
import { Link } from 'wouter'
import { Failed, LoadingRows, useLoad } from '../../kit/index.ts'
import { useDriver, useDriverView, useFormats } from '../driver-context.ts'
import { words } from '../words.ts'

/** What the last seven days brought, by day and by delivery. */
export function EarningsScreen() {
  const { client } = useDriver().core
  const me = useDriverView((view) => view.me?.id)
  const earnings = useLoad(`earnings-${me}`, (signal) => client.call('GET /driver/earnings', { query: { days: 7 }, signal }))
  const { data, error, reload } = earnings
  return (
    <main className="scr">
      <header className="bar-top">
        <Link href="/" className="tb sq" aria-label={words.back}>
          <ArrowLeft size={22} strokeWidth={1.75} aria-hidden />
        </Link>
        <h1 className="h grow">{words.earnings.title}</h1>
      </header>
      {!data && error && <Failed error={error} retry={reload} />}
      {!data && !error && <LoadingRows />}
      {data && <Days {...data} />}
    </main>
  )
}

type Earnings = ReplyOf<'GET /driver/earnings'>

function Days({ currency, days, deliveries }: Earnings) {
  const format = useFormats()
  const money = (minor: number) => format.money(minor, currency)
  const sumMinor = days.reduce((sum, day) => sum + day.payMinor + day.tipMinor, 0)
  if (deliveries.length === 0) return <p className="state ink2">{words.earnings.none}</p>
  return (
    <div className="page">
      <p className="pay">{money(sumMinor)}</p>
      <p className="ink2">{words.earnings.week}</p>
      <h2 className="b earn-head">{words.earnings.byDay}</h2>
      <ul className="earn">
        {days.map((day) => (
          <li key={day.day}>
            <span>
              {format.day(Date.parse(`${day.day}T12:00:00Z`))}
              <span className="sm ink2 second">{words.earnings.day(day.deliveries)}</span>
            </span>
            <span className="r">
              {money(day.payMinor + day.tipMinor)}
              <span className="sm ink2 second">{words.earnings.tips(money(day.tipMinor))}</span>
            </span>
          </li>
        ))}
      </ul>
      <h2 className="b earn-head">{words.earnings.deliveries}</h2>
      <ul className="earn">
        {deliveries.map((delivery) => (
          <li key={delivery.orderId}>
            <span>
              #{delivery.number} {delivery.merchantName}
              <span className="sm ink2 second">
                {format.day(delivery.atMs)}, {format.time(delivery.atMs)}
              </span>
            </span>
            <span className="r">
              {money(delivery.payMinor + delivery.tipMinor)}
              {delivery.tipMinor > 0 && <span className="sm ink2 second">{words.earnings.tips(money(delivery.tipMinor))}</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
