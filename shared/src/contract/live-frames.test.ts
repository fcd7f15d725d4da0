import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CELL_ENTRY_BYTES,
  DRIVER_STATE,
  FLEET_ENTRY_BYTES,
  type FleetEntry,
  FRAME,
  FRAME_HEADER_BYTES,
  ORDER_POSITION_BYTES,
  POSITION_BYTES,
  ROSTER_ENTRY_BYTES,
  readCells,
  readFleet,
  readHeader,
  readOrderPosition,
  readPosition,
  readRoster,
  type WirePosition,
  writeCell,
  writeFleetEntry,
  writeHeader,
  writeOrderPosition,
  writePosition,
  writeRosterEntry,
} from './live-frames.ts'

const lat = fc.double({ min: -90, max: 90, noNaN: true })
const lon = fc.double({ min: -180, max: 180, noNaN: true })
const orUnknown = (max: number) => fc.oneof(fc.double({ min: 0, max, noNaN: true }), fc.constant(Number.NaN))
const near = (got: number, want: number, by: number) => (want !== want ? got !== got : Math.abs(got - want) <= by)
const uuidView = (uuid: string) => new DataView(Uint8Array.from(Buffer.from(uuid.replaceAll('-', ''), 'hex')).buffer)
const empty = (): WirePosition => ({ seq: 0, atMs: 0, lat: 0, lon: 0, courseDeg: 0, speedMps: 0, accuracyM: 0, battery: 0 })

describe('binary frames', () => {
  it('a position comes through within a centimetre and a hundredth', () => {
    const position = fc.record({
      seq: fc.integer({ min: 0, max: 0xffffffff }),
      atMs: fc.integer({ min: 0, max: 8.64e15 }),
      lat,
      lon,
      courseDeg: orUnknown(360),
      speedMps: orUnknown(120),
      accuracyM: orUnknown(6_000),
      battery: orUnknown(1),
    })
    fc.assert(
      fc.property(position, (p) => {
        const view = new DataView(new ArrayBuffer(POSITION_BYTES))
        writePosition(view, p)
        const got = empty()
        expect(readPosition(view, got)).toBe(true)
        expect([got.seq, got.atMs]).toEqual([p.seq, p.atMs])
        expect(near(got.lat, p.lat, 1e-7) && near(got.lon, p.lon, 1e-7)).toBe(true)
        expect(near(got.courseDeg, p.courseDeg, 0.006) && near(got.speedMps, p.speedMps, 0.006)).toBe(true)
        expect(near(got.accuracyM, p.accuracyM, 0.06) && near(got.battery, p.battery, 0.006)).toBe(true)
      }),
    )
  })

  it('a fleet comes through with every driver', () => {
    const driver = fc.record({
      slot: fc.integer({ min: 0, max: 0xffffffff }),
      lat,
      lon,
      courseDeg: orUnknown(360),
      speedMps: orUnknown(60),
      state: fc.constantFrom(...Object.values(DRIVER_STATE)),
      activeOrders: fc.integer({ min: 0, max: 20 }),
      ageMs: fc.oneof(fc.integer({ min: 0, max: 6_000_000 }), fc.constant(null)),
    })
    fc.assert(
      fc.property(fc.array(driver, { maxLength: 30 }), fc.integer({ min: 0, max: 7 }), (drivers, flags) => {
        const atMs = 1_800_000_000_000
        const view = new DataView(new ArrayBuffer(FRAME_HEADER_BYTES + drivers.length * FLEET_ENTRY_BYTES))
        writeHeader(view, { kind: FRAME.fleet, flags, channel: 513, count: drivers.length, atMs })
        const wanted = drivers.map(({ ageMs, ...d }): FleetEntry => ({ ...d, fixAtMs: ageMs === null ? 0 : atMs - ageMs }))
        wanted.forEach((d, i) => {
          writeFleetEntry(view, i, atMs, d)
        })
        const header = readHeader(view)!
        expect(header).toEqual({ kind: FRAME.fleet, flags, channel: 513, count: drivers.length, atMs })
        const got: FleetEntry[] = []
        readFleet(view, header, (e) => got.push({ ...e }))
        got.forEach((g, i) => {
          const w = wanted[i]!
          expect([g.slot, g.state, g.activeOrders]).toEqual([w.slot, w.state, w.activeOrders])
          expect(near(g.lat, w.lat, 1e-7) && near(g.lon, w.lon, 1e-7) && near(g.courseDeg, w.courseDeg, 0.006)).toBe(true)
          expect(near(g.speedMps, w.speedMps, 0.13) && near(g.fixAtMs, w.fixAtMs, 50)).toBe(true)
        })
        expect(got.length).toBe(wanted.length)
      }),
    )
  })

  it('rosters, cells and order positions come through', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), lat, lon, (a, b, latitude, longitude) => {
        const roster = new DataView(new ArrayBuffer(FRAME_HEADER_BYTES + ROSTER_ENTRY_BYTES))
        writeHeader(roster, { kind: FRAME.roster, flags: 0, channel: 1, count: 1, atMs: 5 })
        writeRosterEntry(roster, 0, 77, uuidView(a), 2, 3)
        readRoster(roster, readHeader(roster)!, (...got) => expect(got).toEqual([77, a, 2, 3]))

        const cells = new DataView(new ArrayBuffer(FRAME_HEADER_BYTES + CELL_ENTRY_BYTES))
        writeHeader(cells, { kind: FRAME.cells, flags: 0, channel: 1, count: 1, atMs: 5 })
        writeCell(cells, 0, { lat: latitude, lon: longitude, idle: 70_000, busy: 3 })
        readCells(cells, readHeader(cells)!, (gotLat, gotLon, idle, busy) => {
          expect(near(gotLat, latitude, 1e-7) && near(gotLon, longitude, 1e-7)).toBe(true)
          expect([idle, busy]).toEqual([70_000, 3])
        })

        const view = new DataView(new ArrayBuffer(ORDER_POSITION_BYTES))
        const place = { lat: latitude, lon: longitude, courseDeg: 12.5, speedMps: Number.NaN, atMs: 1_800_000_000_123 }
        writeOrderPosition(view, uuidView(a), uuidView(b), place)
        const got = readOrderPosition(view)!
        expect([got.orderId, got.driverId, got.courseDeg, got.speedMps, got.atMs]).toEqual([a, b, 12.5, Number.NaN, place.atMs])
      }),
    )
  })

  it('bytes that are no frame are refused, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        const header = readHeader(view)
        if (header?.kind === FRAME.fleet) readFleet(view, header, () => undefined)
        if (header?.kind === FRAME.roster) readRoster(view, header, () => undefined)
        if (header?.kind === FRAME.cells) readCells(view, header, () => undefined)
        if (bytes.length !== POSITION_BYTES) expect(readPosition(view, empty())).toBe(false)
        if (bytes.length !== ORDER_POSITION_BYTES) expect(readOrderPosition(view)).toBe(undefined)
      }),
      { numRuns: 2_000 },
    )
  })
})
