import type { PolygonRings, ZoneId } from '@doorstep/shared/domain'
import type { Sql } from '../platform/index.ts'

/** A zone as the table holds it. */
export interface ZoneRow {
  id: ZoneId
  source: string
  name: string
  polygon: PolygonRings
  timeZone: string
  currency: string
  deliveryFeeMinor: number
  serviceFeeShare: number
  payBaseMinor: number
  payPerKmMinor: number
  usualDeliveryMinutes: number
  policy: Record<string, unknown>
  policyVersion: number
}

/** Every zone, by name. */
export function allZones(sql: Sql): Promise<ZoneRow[]> {
  return sql<ZoneRow[]>`
    select id, source, name, polygon, time_zone, currency, delivery_fee_minor, service_fee_share, pay_base_minor,
      pay_per_km_minor, usual_delivery_minutes, policy, policy_version
    from zones order by name, id`
}

/** What a zone is made with; fees left out keep what they were, or get the defaults. */
export interface ZoneUpsert {
  id: ZoneId
  source: string
  name: string
  polygon: PolygonRings
  timeZone: string
  currency: string
}

/** Makes a zone, or brings the one made from the same source up to date; fees and policy stay as staff set them. */
export async function upsertZone(sql: Sql, zone: ZoneUpsert): Promise<{ id: ZoneId; importHash: string | null }> {
  const [row] = await sql<{ id: ZoneId; importHash: string | null }[]>`
    insert into zones (id, source, name, polygon, time_zone, currency)
    values (${zone.id}, ${zone.source}, ${zone.name}, ${sql.json(zone.polygon)}, ${zone.timeZone}, ${zone.currency})
    on conflict (source) do update set name = excluded.name, polygon = excluded.polygon,
      time_zone = excluded.time_zone, currency = excluded.currency
    returning id, import_hash`
  return row!
}

/** Sets what a zone charges and how long its deliveries usually take. */
export async function setZoneTerms(
  sql: Sql,
  id: ZoneId,
  terms: Partial<
    Pick<ZoneRow, 'deliveryFeeMinor' | 'serviceFeeShare' | 'payBaseMinor' | 'payPerKmMinor' | 'usualDeliveryMinutes'>
  >,
): Promise<void> {
  if (Object.keys(terms).length > 0) await sql`update zones set ${sql(terms)} where id = ${id}`
}

/** Remembers what was imported into a zone. */
export async function setImportHash(sql: Sql, id: ZoneId, importHash: string): Promise<void> {
  await sql`update zones set import_hash = ${importHash} where id = ${id}`
}

/** A zone's policy as staff set it, and its version. */
export async function findPolicy(sql: Sql, id: ZoneId): Promise<Pick<ZoneRow, 'policy' | 'policyVersion'> | undefined> {
  const [row] = await sql<Pick<ZoneRow, 'policy' | 'policyVersion'>[]>`select policy, policy_version from zones where id = ${id}`
  return row
}

/** Replaces a zone's policy if it still has the version seen; undefined when it has moved on. */
export async function replacePolicy(
  sql: Sql,
  id: ZoneId,
  policy: Record<string, unknown>,
  seenVersion: number,
): Promise<number | undefined> {
  const [row] = await sql<{ policyVersion: number }[]>`
    update zones set policy = ${sql.json(policy as never)}, policy_version = policy_version + 1
    where id = ${id} and policy_version = ${seenVersion} returning policy_version`
  return row?.policyVersion
}
