import type { Role } from '@doorstep/shared/contract'
import type { DriverId, MerchantId, UserId, ZoneId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** A user as the table holds it. */
export interface UserRow {
  id: UserId
  email: string
  name: string
  role: Role
  passwordHash: string | null
  merchantId: MerchantId | null
  driverId: DriverId | null
  zoneIds: ZoneId[] | null
  isDemo: boolean
}

const columns = (sql: Sql) => sql`id, email, name, role, password_hash, merchant_id, driver_id, zone_ids, is_demo`

/** Writes a user; undefined when there is one with this e-mail address. */
export async function insertUser(sql: Sql, user: UserRow & { createdAt: number }): Promise<UserRow | undefined> {
  const [row] = await sql<UserRow[]>`
    insert into users (id, email, name, role, password_hash, merchant_id, driver_id, zone_ids, is_demo, created_at)
    values (${user.id}, ${user.email}, ${user.name}, ${user.role}, ${user.passwordHash}, ${user.merchantId},
      ${user.driverId}, ${user.zoneIds}::uuid[], ${user.isDemo}, ${user.createdAt})
    on conflict (email) do nothing
    returning ${columns(sql)}`
  return row
}

/** The user with this e-mail address, in lower case. */
export async function findUserByEmail(sql: Sql, email: string): Promise<UserRow | undefined> {
  const [row] = await sql<UserRow[]>`select ${columns(sql)} from users where email = ${email}`
  return row
}

/** The user with this id. */
export async function findUserById(sql: Sql, id: UserId): Promise<UserRow | undefined> {
  const [row] = await sql<UserRow[]>`select ${columns(sql)} from users where id = ${id}`
  return row
}

/** The first demo user made for a role. */
export async function firstDemoUser(sql: Sql, role: Role): Promise<UserRow | undefined> {
  const [row] = await sql<UserRow[]>`
    select ${columns(sql)} from users where is_demo and role = ${role} order by created_at, id limit 1`
  return row
}

/** Every demo user of a role, in the order they were made. */
export function demoUsers(sql: Sql, role: Role): Promise<UserRow[]> {
  return sql<UserRow[]>`select ${columns(sql)} from users where is_demo and role = ${role} order by created_at, id`
}
