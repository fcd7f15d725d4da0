import {
  type DriverNow,
  type OrderNow,
  type Reader,
  readDoubleAssignments,
  readDrivers,
  readEvents,
  readOrders,
  readPay,
  readWrongTotals,
} from './database-sql.ts'
import type { OrderBook } from './place-orders.ts'
import { replayOrders } from './replay-orders.ts'

/** A promise, and what broke it: nothing, if it held. */
export interface Invariant {
  name: string
  says: string
  broken: string[]
}

/** Checks from the database what must hold whatever was killed; `before` are the orders there were before anything was. */
export function checkInvariants(sql: Reader, book: OrderBook, before: ReadonlySet<string>): Promise<Invariant[]> {
  // Life goes on meanwhile: everything is read as of one moment.
  const atOnce = sql.begin('isolation level repeatable read read only', (moment) =>
    check(moment as unknown as Reader, book, before),
  )
  return atOnce as Promise<Invariant[]>
}

async function check(sql: Reader, book: OrderBook, before: ReadonlySet<string>): Promise<Invariant[]> {
  const orders = await readOrders(sql)
  const drivers = await readDrivers(sql)
  const ids = new Set(orders.map((order) => order.id))
  const acknowledged = new Map([...book.acknowledged].map(([key, id]) => [id, key]))
  const placed = orders.filter((order) => !before.has(order.id))
  const numbered = (rows: readonly { number: number }[], why: (row: never) => string) =>
    rows.map((row) => `order ${row.number}: ${why(row as never)}`)
  return [
    {
      name: 'lost',
      says: 'no acknowledged order is lost',
      broken: [...acknowledged].filter(([id]) => !ids.has(id)).map(([id, key]) => `${id}, placed with ${key}`),
    },
    {
      name: 'doubled',
      says: 'no order is there that nobody was told of, and none twice',
      broken: [
        ...placed.filter(({ id }) => !acknowledged.has(id)).map(({ number }) => `order ${number} was acknowledged to nobody`),
        ...(acknowledged.size === book.acknowledged.size ? [] : ['two keys were answered with one order']),
      ],
    },
    { name: 'refused_unclearly', says: 'who cannot be served is told so clearly', broken: book.broken },
    {
      name: 'two_drivers',
      says: 'no order has two drivers',
      broken: numbered(await readDoubleAssignments(sql), (row: { why: string }) => row.why),
    },
    { name: 'transitions', says: 'no transition is skipped', broken: replayOrders(orders, await readEvents(sql)) },
    {
      name: 'money',
      says: 'each delivery is paid once, and lines add up',
      broken: [
        ...numbered(
          await readPay(sql),
          (row: { delivery: string; due: number; paid: number; lines: number }) =>
            `${row.delivery}, ${row.due} is due and ${row.paid} was paid in ${row.lines} lines`,
        ),
        ...numbered(await readWrongTotals(sql), () => 'its lines do not add up'),
      ],
    },
    { name: 'stops', says: "drivers' stops are those of the orders they have", broken: checkStops(orders, drivers) },
  ]
}

function checkStops(orders: readonly OrderNow[], drivers: readonly DriverNow[]): string[] {
  const open = orders.filter((order) => order.isOpen && order.driverId !== null)
  return drivers.flatMap(({ id, stops }) => {
    const due = open
      .filter((order) => order.driverId === id)
      .flatMap((order) => [...(order.pickedUp ? [] : [`${order.id} pickup`]), `${order.id} drop`])
    const has = stops.map(({ orderId, kind }) => `${orderId} ${kind}`)
    const isSame = [...due].sort().join() === [...has].sort().join()
    const isInOrder = stops.every(
      ({ orderId, kind }, at) =>
        kind === 'drop' || stops.findIndex((stop) => stop.orderId === orderId && stop.kind === 'drop') > at,
    )
    return isSame && isInOrder ? [] : [`driver ${id} has [${has.join(', ')}] instead of [${due.join(', ')}]`]
  })
}
