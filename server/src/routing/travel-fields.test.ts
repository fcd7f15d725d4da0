import { seededRng } from '@doorstep/shared/domain'
import { describe, expect, it } from 'vitest'
import { buildStreetGraph, type StreetGraph } from '../city/index.ts'
import { cellCentre, fieldGrid } from './field-grid.ts'
import { FieldSearch } from './field-search.ts'
import { modeStreets } from './field-streets.ts'
import { modeFields } from './mode-fields.ts'
import { Snapper } from './snap-places.ts'
import { cellSeconds, stopSeeds, UNREACHED } from './travel-field.ts'
import { travelFields } from './travel-fields.ts'

const SIDE = 24
const STEP = 0.0011
const place = (id: number) => ({ lat: 38 + Math.floor(id / SIDE) * STEP, lon: -122 + (id % SIDE) * STEP })

/** A town of crossing streets about 110 m apart, every third one-way, cut by a river with two bridges. */
function town(): StreetGraph {
  const ways: { id: number; refs: number[]; tags: Record<string, string> }[] = []
  for (let i = 0; i < SIDE; i++) {
    const oneway: Record<string, string> = i % 3 === 0 ? { oneway: i % 2 === 0 ? 'yes' : '-1' } : {}
    ways.push({
      id: ways.length,
      refs: Array.from({ length: SIDE }, (_, k) => i * SIDE + k),
      tags: { highway: 'residential', ...oneway },
    })
    const column = Array.from({ length: SIDE }, (_, k) => k * SIDE + i)
    const highway = i % 5 === 0 ? 'secondary' : 'residential'
    const banks = i === 5 || i === 20 ? [column] : [column.slice(0, SIDE / 2), column.slice(SIDE / 2)]
    for (const refs of banks) ways.push({ id: ways.length, refs, tags: { highway } })
  }
  return buildStreetGraph({ bounds: [-122, 38, -121.97, 38.03], place, nodes: [], ways, relations: [] })
}

const graph = town()
const NO_LIMITS = { seconds: 1e9, vertices: 1e9 }
const CENTRE = place(10 * SIDE + 12)

describe('travel fields', () => {
  for (const direction of ['from_stop', 'to_stop'] as const) {
    it(`hold at each cell's centre what a search finds there, ${direction}`, () => {
      const field = modeFields(graph, 'motor', NO_LIMITS).field(CENTRE, direction)
      const streets = modeStreets(graph, 'motor')
      const grid = fieldGrid(graph)
      const snapper = new Snapper(graph, grid, streets.usable)
      const pieces = { from: graph.pieceFrom, to: graph.pieceTo, along: streets.along, against: streets.against }
      const search = new FieldSearch(graph.lat.length)
      let compared = 0
      for (let cell = 0; cell < grid.columns * grid.rows; cell += 7) {
        const snap = snapper.snap(cellCentre(grid, cell), 4)
        const column = (cell % grid.columns) - field.column0
        const row = Math.floor(cell / grid.columns) - field.row0
        if (snap === null || column < 0 || row < 0 || column >= field.columns || row >= field.rows) continue
        // The other way about: a search around the cell, read at the stop.
        const back = direction === 'from_stop' ? 'to_stop' : 'from_stop'
        search.run(back === 'to_stop' ? streets.into : streets.out, stopSeeds(pieces, snap, back), NO_LIMITS)
        const stop = snapper.snap(CENTRE, 4)!
        const expected = cellSeconds(search, pieces, snap, { piece: stop.piece, along: stop.along, offS: 0 }, back)
        const stored = field.seconds[row * field.columns + column]!
        expect(stored).not.toBe(UNREACHED)
        expect(Math.abs(stored - expected)).toBeLessThanOrEqual(1)
        compared += 1
      }
      expect(compared).toBeGreaterThan(30)
    })
  }

  it('read nothing at the stop itself, more further on, and the river costs its detour', () => {
    const fields = travelFields(graph)
    fields.openStop('kitchen', CENTRE)
    const acrossTheRiver = place(13 * SIDE + 12)
    const asFarOnThisBank = place(10 * SIDE + 15)
    expect(fields.secondsFrom('kitchen', 'car', CENTRE)).toBeLessThan(1)
    expect(fields.secondsFrom('kitchen', 'car', acrossTheRiver)).toBeGreaterThan(
      2 * fields.secondsFrom('kitchen', 'car', asFarOnThisBank),
    )
  })

  it('goes on at the pace of its edge beyond its reach', () => {
    const fields = travelFields(graph, { reachS: 120 })
    const whole = travelFields(graph)
    for (const f of [fields, whole]) f.openStop('a', CENTRE)
    const far = place(2)
    const ratio = fields.secondsFrom('a', 'car', far) / whole.secondsFrom('a', 'car', far)
    expect(ratio).toBeGreaterThan(0.7)
    expect(ratio).toBeLessThan(1.4)
    expect(fields.bytes()).toBeLessThan(whole.bytes())
  })

  it('answers for any place on earth, and for a stop far from every street', () => {
    const fields = travelFields(graph)
    fields.openStop('sea', { lat: 38.5, lon: -121 })
    fields.openStop('a', CENTRE)
    const rng = seededRng(3)
    for (let i = 0; i < 200; i++) {
      const anywhere = { lat: rng() * 180 - 90, lon: rng() * 360 - 180 }
      for (const key of ['sea', 'a']) {
        expect(fields.secondsTo(key, 'bicycle', anywhere)).toBeGreaterThanOrEqual(0)
        expect(Number.isFinite(fields.secondsFrom(key, 'van', anywhere))).toBe(true)
      }
    }
    expect(Number.isFinite(fields.seconds('car', 'sea', 'a'))).toBe(true)
  })

  it('keep an open stop, move it when its place changes, and refuse a closed one', () => {
    const fields = travelFields(graph)
    fields.openStop('a', CENTRE)
    fields.openStop('b', place(5))
    const before = fields.seconds('car', 'a', 'b')
    fields.openStop('a', place(6))
    expect(fields.seconds('car', 'a', 'b')).toBeLessThan(before)
    fields.closeStop('a')
    expect(fields.isOpen('a')).toBe(false)
    expect(() => fields.secondsTo('a', 'car', CENTRE)).toThrow('no open travel field')
  })

  it('learn an hour from trips that took longer, that hour and vehicle alone, and never beyond bounds', () => {
    const fields = travelFields(graph)
    fields.openStop('a', CENTRE)
    const read = (hour: number, vehicle: 'car' | 'bicycle') => {
      fields.useHour(hour)
      return fields.secondsFrom('a', vehicle, place(5))
    }
    const [car, bicycle] = [read(18, 'car'), read(18, 'bicycle')]
    for (let i = 0; i < 200; i++) fields.observeTrip(18, 'car', read(18, 'car'), car * 1.3)
    expect(read(18, 'car') / car).toBeCloseTo(1.3, 1)
    expect(read(9, 'car')).toBe(car)
    expect(read(18, 'bicycle')).toBe(bicycle)
    expect(fields.metres('car', car)).toBeLessThan(fields.metres('car', car * 1.3))
    for (let i = 0; i < 2000; i++) fields.observeTrip(18, 'car', 100, 100_000)
    expect(read(18, 'car') / car).toBeLessThanOrEqual(2)
    expect(fields.corrections().car[18]).toBe(2)
  })

  it('scale with the calibration of each vehicle', () => {
    const calibration = {
      bicycle: { scale: 1, metresPerS: 4 },
      motorcycle: { scale: 0.9, metresPerS: 9 },
      car: { scale: 1.2, metresPerS: 9 },
      van: { scale: 1.5, metresPerS: 9 },
    }
    const fields = travelFields(graph, { calibration, modes: ['motor'] })
    fields.openStop('a', CENTRE)
    const [car, van] = [fields.secondsTo('a', 'car', place(5)), fields.secondsTo('a', 'van', place(5))]
    expect(van / car).toBeCloseTo(1.25)
    expect(() => fields.secondsTo('a', 'bicycle', place(5))).toThrow('no travel fields are kept')
  })
})
