import type { OrderSummary } from '@doorstep/shared/contract'
import { StatusChip } from '@doorstep/shared/ui'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Empty, Failed, kitWords, LoadingRows, useFormat, usePages, useView } from '../../kit/index.ts'
import { SignInSheet } from '../account/sign-in-sheet.tsx'
import { ListEnd } from '../browse/merchant-list.tsx'
import { dropAttempt } from '../cart/place-order.ts'
import { TopBar } from '../top-bar.tsx'
import { words } from '../words.ts'
import { reorder } from './reorder.ts'

/** Every order of the person, the open ones first. */
export function OrdersPage() {
  const { session } = useView()
  const { status, me } = session.use()
  const [isSigningIn, setIsSigningIn] = useState(false)
  return (
    <main id="content" className="narrow">
      <TopBar title={words.orders.title} parent="/" />
      {status === 'unknown' && <LoadingRows />}
      {status !== 'unknown' && me?.role !== 'customer' && (
        <Empty title={words.orders.signIn}>
          {me && <p>{kitWords.signIn.otherRole(me.role)}</p>}
          <button type="button" className="tb line" onClick={() => setIsSigningIn(true)}>
            {kitWords.signIn.title}
          </button>
        </Empty>
      )}
      {me?.role === 'customer' && <OrderList userId={me.id} />}
      {me && <Account name={me.name} />}
      {isSigningIn && <SignInSheet onDone={() => setIsSigningIn(false)} onClose={() => setIsSigningIn(false)} />}
    </main>
  )
}

function OrderList({ userId }: { userId: string }) {
  const { api } = useView()
  const orders = usePages(`orders ${userId}`, (cursor, signal) =>
    api.call('GET /orders', { query: { limit: 20, ...(cursor && { cursor }) }, signal }),
  )
  const { items, error } = orders
  if (!items) return error ? <Failed error={error} retry={orders.reload} /> : <LoadingRows />
  if (items.length === 0) {
    return (
      <Empty title={words.orders.empty}>
        <Link href="/" className="tb line">
          {words.home}
        </Link>
      </Empty>
    )
  }
  const open = items.filter((order) => order.endedAtMs === null)
  const past = items.filter((order) => order.endedAtMs !== null)
  return (
    <>
      <OrderGroup title={words.orders.open} orders={open} />
      <OrderGroup title={words.orders.past} orders={past} />
      {error && <Failed error={error} retry={orders.more} />}
      {orders.hasMore && !error && <ListEnd onReach={orders.more} />}
    </>
  )
}

function OrderGroup({ title, orders }: { title: string; orders: readonly OrderSummary[] }) {
  if (orders.length === 0) return null
  return (
    <section>
      <h2 className="h pad group-title">{title}</h2>
      <ul>
        {orders.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </ul>
    </section>
  )
}

function OrderRow({ order }: { order: OrderSummary }) {
  const { api } = useView()
  const format = useFormat()
  const [, navigate] = useLocation()
  const again = async () => {
    const merchantId = await reorder(api, order.id)
    if (merchantId) navigate(`/merchants/${merchantId}/order`)
  }
  return (
    <li className="order-row">
      <Link href={`/orders/${order.id}`} className="order-link">
        <span className="b cut">{order.merchantName}</span>
        <span className="sm ink2 dot-sep cut">
          <span>
            {format.day(order.placedAtMs)} {format.time(order.placedAtMs)}
          </span>
          <span>{words.orders.items(order.itemCount)}</span>
          <span>{format.money(order.totalMinor, order.currency)}</span>
        </span>
        <span className="sm">
          <StatusChip status={order.status} label={words.track.statuses[order.status]} />
        </span>
      </Link>
      {order.endedAtMs !== null && (
        <button
          type="button"
          className="tb line"
          aria-label={words.orders.againFor(order.merchantName)}
          onClick={() => void again()}
        >
          {words.orders.again}
        </button>
      )}
    </li>
  )
}

function Account({ name }: { name: string }) {
  const { session } = useView()
  const signOut = () => {
    dropAttempt()
    void session.signOut()
  }
  return (
    <footer className="account row pad">
      <span className="grow ink2 cut">{words.orders.signedInAs(name)}</span>
      <button type="button" className="tb line" onClick={signOut}>
        {words.orders.signOut}
      </button>
    </footer>
  )
}
