import type { MerchantOrder } from '@doorstep/shared/contract'
import type { Column } from './board-columns.ts'
import { NewTicket } from './new-ticket.tsx'
import { PreparingTicket } from './preparing-ticket.tsx'
import { ReadyTicket } from './ready-ticket.tsx'

const TICKETS = { new: NewTicket, preparing: PreparingTicket, ready: ReadyTicket }

/** The tickets of a column. */
export function TicketList({ column, orders }: { column: Exclude<Column, 'handed_over'>; orders: readonly MerchantOrder[] }) {
  const Ticket = TICKETS[column]
  return orders.map((order) => <Ticket key={order.id} order={order} />)
}
