import type { DriverId, ZoneId } from '@doorstep/shared/domain'
import { describe, expect, it, vi } from 'vitest'
import type { Sql } from '../platform/index.ts'
import { createZoneState } from './zone-state.ts'

const ZONE = '01900000-0000-7000-8000-000000000001' as ZoneId
const DRIVER = '01900000-0000-7000-8000-000000000002' as DriverId

/** A database that is away as long as `isAway` says so, and knows one driver. */
function database() {
  const state = { isAway: false }
  const sql = () => {
    const answer = () => (state.isAway ? Promise.reject(new Error('away')) : Promise.resolve([{ id: DRIVER, stops: [] }]))
    // As the driver's queries, it runs when it is waited for: parts of other queries never do.
    return { then: (...next: Parameters<Promise<unknown>['then']>) => answer().then(...next) }
  }
  return { state, sql: sql as unknown as Sql }
}

describe("a zone's state", () => {
  it('is read again by itself after the database was away, also when nothing more happens', async () => {
    const { state, sql } = database()
    const zone = createZoneState(sql, ZONE)
    state.isAway = true
    await expect(zone.refresh({ orderIds: [], driverIds: [DRIVER] })).rejects.toThrow('away')
    state.isAway = false
    await vi.waitFor(() => expect(zone.drivers.has(DRIVER)).toBe(true), { timeout: 10_000 })
  })

  it('is read again with the next change, which is not told of the failure before it', async () => {
    const { state, sql } = database()
    const zone = createZoneState(sql, ZONE)
    state.isAway = true
    await expect(zone.refresh({ orderIds: [], driverIds: [DRIVER] })).rejects.toThrow('away')
    state.isAway = false
    await zone.refresh({ orderIds: [], driverIds: [] })
    expect(zone.drivers.has(DRIVER)).toBe(true)
  })
})
