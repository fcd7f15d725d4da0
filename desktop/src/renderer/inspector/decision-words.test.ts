import type { Decision, OrderEvent } from '@doorstep/shared/contract'
import { expect, test } from 'vitest'
import { compared, decisionTitle, secondWords, staffEventOf, wouldChangeWords } from './decision-words.ts'

const candidate = (driverName: string, score: number) =>
  ({ driverId: driverName, driverName, score }) as unknown as Decision['candidates'][number]
const decision = (change: Partial<Decision>): Decision =>
  ({
    kind: 'offer',
    policy: 'joint',
    driverId: 'Rui Tavares',
    driverName: 'Rui Tavares',
    atMs: 1_000,
    candidates: [candidate('Rui Tavares', -500), candidate('Ana Ferreira', -640)],
    ...change,
  }) as Decision
const money = (minor: number) => `€${(minor / 100).toFixed(2)}`

test('a decision says what was done and by whom', () => {
  expect(decisionTitle(decision({}), undefined)).toBe('Offered to Rui T')
  expect(decisionTitle(decision({ kind: 'proposal' }), undefined)).toBe('Proposed Rui T')
  expect(decisionTitle(decision({ kind: 'staff' }), 'Marta')).toBe('Marta chose Rui T')
  expect(decisionTitle(decision({ kind: 'something_new', driverName: null }), undefined)).toBe('Something new')
})

test('the second best is told by what it costs more, for a choice of staff also what it cost them', () => {
  expect(secondWords(decision({}), money)).toBe('Second best was Ana F, €1.40 dearer.')
  const overruled = decision({ kind: 'staff', driverId: 'Ana Ferreira' as never, driverName: 'Ana Ferreira' })
  expect(secondWords(overruled, money)).toBe('The planner had Rui T first, €1.40 cheaper.')
  const unlisted = decision({ kind: 'staff', driverId: 'Eva' as never, driverName: 'Eva Costa' })
  expect(secondWords(unlisted, money)).toBe('The planner had Rui T first, and Eva C not among its best 2.')
  expect(
    secondWords(
      decision({ policy: 'scored-offers', candidates: [candidate('Rui Tavares', 0.8), candidate('Ana Ferreira', 0.75)] }),
      money,
    ),
  ).toBe('Second best was Ana F, 0.05 points behind.')
})

test('who was chosen stands first in the comparison, whatever the rank', () => {
  expect(compared(decision({ driverId: 'Ana Ferreira' as never })).map(({ driverName }) => driverName)).toEqual([
    'Ana Ferreira',
    'Rui Tavares',
  ])
})

test('what would have changed the choice is said from the side of whom it is about', () => {
  const change = {
    driverId: 'Rui Tavares' as never,
    driverName: 'Rui Tavares',
    code: 'to_merchant',
    amount: 4,
    needed: 9,
    unit: 'min',
  }
  expect(wouldChangeWords(change, 'Rui Tavares')).toBe('Rui T stays first up to 9 min to the merchant; it was 4 min.')
  const near = {
    ...change,
    driverName: 'Ana Ferreira',
    driverId: 'Ana' as never,
    code: 'distance',
    amount: 3.4,
    needed: 1.2,
    unit: 'km',
  }
  expect(wouldChangeWords(near, 'Rui Tavares')).toBe('Ana F would have been first at 1.2 km from the merchant; it was 3.4 km.')
})

test('a choice of staff finds its entry of the log, and with it who and why', () => {
  const event = (type: string, atMs: number) => ({ type, atMs }) as OrderEvent
  const events = [event('order.placed', 1_000), event('order.reassigned', 1_400)]
  expect(staffEventOf({ kind: 'staff', atMs: 1_000 }, events)).toBe(events[1])
  expect(staffEventOf({ kind: 'offer', atMs: 1_000 }, events)).toBeUndefined()
})
