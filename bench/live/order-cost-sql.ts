import type { Database } from '../../server/src/platform/index.ts'

/** Orders that were ever placed. */
export async function ordersPlaced(db: Database): Promise<number> {
  const [row] = await db<{ n: number }[]>`select count(*)::int as n from orders`
  return row!.n
}

/** Bytes of the tables that grow with orders, indexes included. */
export async function tableBytes(db: Database): Promise<number> {
  const [row] = await db<{ bytes: number }[]>`
    select sum(pg_total_relation_size(name::regclass))::bigint as bytes
    from unnest(array['orders', 'order_lines', 'order_events', 'offers', 'assignments', 'decisions', 'idempotency_keys',
      'driver_earnings', 'decision_snapshots']) as t (name)`
  return row!.bytes
}
