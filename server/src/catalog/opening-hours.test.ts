import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOpeningTimes, isOpeningHours } from './opening-hours.ts'
import { toUtcMs, toZoneDate } from './zone-time.ts'

const at = (iso: string) => Date.parse(iso)
const stateAt = (value: string | null, zone: string, iso: string) => createOpeningTimes().stateAt(value, zone, at(iso))

describe('opening hours', () => {
  it('are read in the zone, not where the server stands', () => {
    const hours = 'Mo-Fr 11:00-22:00'
    expect(stateAt(hours, 'America/Los_Angeles', '2026-11-25T19:30:00Z').isOpen).toBe(true)
    expect(stateAt(hours, 'Europe/Lisbon', '2026-11-25T10:30:00Z').isOpen).toBe(false)
    expect(stateAt(hours, 'Europe/Lisbon', '2026-11-25T10:30:00Z').changesAtMs).toBe(at('2026-11-25T11:00:00Z'))
    expect(stateAt(hours, 'America/Los_Angeles', '2026-11-27T23:00:00Z').changesAtMs).toBe(at('2026-11-28T06:00:00Z'))
  })

  it('open at the right moment on the day after the clocks were changed', () => {
    // Lisbon falls back on 25 October 2026 at 01:00 UTC.
    expect(stateAt('08:00-20:00', 'Europe/Lisbon', '2026-10-24T21:00:00Z').changesAtMs).toBe(at('2026-10-25T08:00:00Z'))
  })

  it('reach past midnight', () => {
    expect(stateAt('Mo-Su 18:00-02:00', 'UTC', '2026-11-25T01:30:00Z')).toMatchObject({
      isOpen: true,
      changesAtMs: at('2026-11-25T02:00:00Z'),
    })
  })

  it('that are not known, or cannot be read, are 08:00 to 23:00', () => {
    for (const value of [null, 'garbage ][', 'ask inside!']) {
      expect(stateAt(value, 'UTC', '2026-11-25T07:59:59Z').isOpen).toBe(false)
      expect(stateAt(value, 'UTC', '2026-11-25T08:00:00Z').isOpen).toBe(true)
      expect(stateAt(value, 'UTC', '2026-11-25T23:00:00Z').isOpen).toBe(false)
    }
  })

  it('hold on ordinary days when they speak of holidays, which are not known here', () => {
    for (const value of [
      'Mo-Su,PH 11:00-23:00',
      'Mo-Su 11:00-23:00; PH off',
      'PH,Mo-Su 11:00-23:00',
      'Mo-Su 11:00-23:00; SH closed',
    ]) {
      expect(isOpeningHours(value)).toBe(true)
      expect(stateAt(value, 'UTC', '2026-11-25T12:00:00Z').isOpen).toBe(true)
      expect(stateAt(value, 'UTC', '2026-11-25T10:00:00Z').isOpen).toBe(false)
    }
  })

  it('answer from memory what a fresh evaluation says, forwards and backwards in time', () => {
    const times = createOpeningTimes()
    const moment = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T00:00:00Z') })
    const value = fc.constantFrom(
      'Mo-Fr 08:00-18:00; Sa 09:00-13:00',
      'Mo-Su 18:00-02:00',
      '24/7',
      null,
      'Tu-Su 12:00-15:00,19:00-23:30',
    )
    const zone = fc.constantFrom('America/Los_Angeles', 'Europe/Lisbon', 'Asia/Kolkata')
    fc.assert(
      fc.property(value, zone, moment, (hours, timeZone, nowMs) => {
        const { isOpen } = createOpeningTimes().stateAt(hours, timeZone, nowMs)
        expect(times.stateAt(hours, timeZone, nowMs).isOpen).toBe(isOpen)
      }),
      { numRuns: 300 },
    )
  })
})

describe('zone time', () => {
  it('goes to the zone and back to the same moment, but for the hour that a zone has twice', () => {
    const seconds = fc.integer({ min: at('2026-01-01T00:00:00Z') / 1000, max: at('2027-12-31T00:00:00Z') / 1000 })
    const zone = fc.constantFrom('America/New_York', 'Europe/Lisbon', 'Australia/Lord_Howe', 'Asia/Kolkata')
    fc.assert(
      fc.property(seconds, zone, (second, timeZone) => {
        const back = toUtcMs(toZoneDate(second * 1000, timeZone), timeZone, second * 1000)
        expect(Math.abs(back - second * 1000) % 1_800_000).toBe(0)
        expect(Math.abs(back - second * 1000)).toBeLessThanOrEqual(3_600_000)
      }),
    )
  })
})
