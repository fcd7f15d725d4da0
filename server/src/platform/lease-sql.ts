import type { Sql } from './postgres.ts'

/** A lease as it stands: whoever sees the same token and beat for a whole term may take it. */
export interface LeaseRow {
  holder: string | null
  /** Grows with each new holder; whoever writes under a lease may be fenced by it. */
  token: number
  /** Grows with each renewal. */
  beat: number
}

/** Makes the row if there is none and reads it. */
export async function readLease(sql: Sql, name: string): Promise<LeaseRow> {
  await sql`insert into leases (name) values (${name}) on conflict do nothing`
  const [row] = await sql<LeaseRow[]>`select holder, token, beat from leases where name = ${name}`
  return row!
}

/** Takes the lease from the state that was seen; undefined when somebody was faster or it was renewed. */
export async function takeLease(sql: Sql, name: string, holder: string, seen: LeaseRow): Promise<number | undefined> {
  const [row] = await sql<{ token: number }[]>`
    update leases set holder = ${holder}, token = token + 1, beat = 0
    where name = ${name} and token = ${seen.token} and beat = ${seen.beat} and holder is not distinct from ${seen.holder}
    returning token`
  return row?.token
}

/** Whether the lease is still ours under this token, and says that we live. */
export async function renewLease(sql: Sql, name: string, holder: string, token: number): Promise<boolean> {
  const renewed = await sql`
    update leases set beat = beat + 1 where name = ${name} and holder = ${holder} and token = ${token}`
  return renewed.count === 1
}

/** Gives it up, so that the next need not wait for a term. */
export async function releaseLease(sql: Sql, name: string, holder: string, token: number): Promise<void> {
  await sql`update leases set holder = null where name = ${name} and holder = ${holder} and token = ${token}`
}

/** Whether the lease is ours under this token; nobody else can take it until the caller's transaction ends. */
export async function confirmLease(sql: Sql, name: string, holder: string, token: number): Promise<boolean> {
  const rows = await sql`select 1 from leases where name = ${name} and holder = ${holder} and token = ${token} for share`
  return rows.length === 1
}
