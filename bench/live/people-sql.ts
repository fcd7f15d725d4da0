import type { Database } from '../../server/src/platform/index.ts'

/** The roles of the bench's people; the token of the seventh driver is `driver:7`. */
const ROLES = ['driver', 'customer', 'dispatcher'] as const
export type BenchRole = (typeof ROLES)[number]

const PREFIX: Record<BenchRole, string> = { driver: '0000000a', customer: '0000000b', dispatcher: '0000000c' }

/** Makes people of a role with a session each, as signing in would have made them. */
export async function makePeople(db: Database, role: BenchRole, numbers: readonly number[]): Promise<void> {
  await db`
    with made as (
      insert into users (id, email, name, role, created_at)
      select (${PREFIX[role]}::text || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
        ${role}::text || n || '@bench.example', ${role}::text || ':' || n, ${role}, now()
      from unnest(${[...numbers]}::int[]) as p (n)
      on conflict do nothing
      returning id, name)
    insert into sessions (token_hash, user_id, created_at, expires_at)
    select sha256(name::bytea), id, now(), now() + interval '1 day' from made`
}
