import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../platform/testing.ts'
import { joinClock } from './open-demo-clock.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())
beforeEach(() => db.sql`delete from demo_clock`)

/** Five in the morning in Lisbon, when the demo shows the next dinner time. */
const DAWN_MS = Date.parse('2026-06-10T04:00:00Z')
const DINNER_MS = Date.parse('2026-06-10T17:45:00Z')
const join = (wallMs: number, speed = 1) => joinClock(db.sql, { speed, timeZone: 'Europe/Lisbon' }, wallMs)

describe("the demo's clock", () => {
  it('is set by the first node, at dinner time, and taken over by those that start while it runs', async () => {
    const first = await join(DAWN_MS, 20)
    expect(first).toMatchObject({ wallAt: DAWN_MS, cityAt: DINNER_MS, speed: 20 })
    expect(await join(DAWN_MS + 40_000, 20)).toMatchObject(first)
    expect(await join(DAWN_MS + 80_000, 20)).toMatchObject(first)
  })

  it('goes on from where it stands at another speed', async () => {
    await join(DAWN_MS, 20)
    expect(await join(DAWN_MS + 10_000, 2)).toMatchObject({ wallAt: DAWN_MS + 10_000, cityAt: DINNER_MS + 200_000, speed: 2 })
  })

  it('is set anew when nobody has run by it for a minute, and never goes back', async () => {
    await join(DAWN_MS, 60)
    const again = await join(DAWN_MS + 3_600_000, 60)
    expect(again.cityAt).toBeGreaterThanOrEqual(DINNER_MS)
    await db.sql`update demo_clock set seen_at = ${DAWN_MS + 5 * 3_600_000}`
    const later = await join(DAWN_MS + 6 * 3_600_000, 60)
    expect(later.cityAt).toBeGreaterThanOrEqual(again.cityAt + 4 * 60 * 3_600_000)
  })
})
