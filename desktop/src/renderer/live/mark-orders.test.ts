import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MarkHow, markOrder } from './mark-orders.ts'

const SHOWN = ['a', 'b', 'c', 'd', 'e']
const NONE = { marked: new Set<string>(), anchorId: null, selection: null }
type Marks = Parameters<typeof markOrder>[0]
const at = (id: string): Marks => ({ ...NONE, anchorId: id, selection: { kind: 'order', id } })
const marksOf = (state: Marks) => [...state.marked].sort()

describe('marking', () => {
  test('a range goes from where it began to where it is now, in the order of the queue, and shrinks again', () => {
    const wide = markOrder(at('b'), 'd', 'range', SHOWN)
    expect(marksOf(wide)).toEqual(['b', 'c', 'd'])
    expect(marksOf(markOrder(wide, 'c', 'range', SHOWN))).toEqual(['b', 'c'])
    expect(marksOf(markOrder(wide, 'a', 'range', SHOWN))).toEqual(['a', 'b'])
  })

  test('one more takes the selected order along; one less leaves the others', () => {
    const two = markOrder(at('b'), 'e', 'toggle', SHOWN)
    expect(marksOf(two)).toEqual(['b', 'e'])
    const three = markOrder(two, 'c', 'toggle', SHOWN)
    expect(marksOf(markOrder(three, 'b', 'toggle', SHOWN))).toEqual(['c', 'e'])
  })

  test('a single mark is the selection, so that a command can never go to one order by two ways', () => {
    const step = fc.record({ id: fc.constantFrom(...SHOWN), how: fc.constantFrom<MarkHow>('toggle', 'range') })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let state: Marks = NONE
        for (const { id, how } of steps) state = markOrder(state, id, how, SHOWN)
        expect(state.marked.size).not.toBe(1)
        if (state.marked.size > 0) expect(state.marked.has(state.selection?.id ?? '')).toBe(true)
      }),
    )
  })

  test('a range that began on a row no longer shown starts anew', () => {
    expect(markOrder(at('gone'), 'c', 'range', SHOWN)).toMatchObject({ anchorId: 'c', selection: { id: 'c' } })
  })
})
