import { expect, test } from 'vitest'
import { countdown } from './countdown.ts'
import { offerTimes } from './offer-times.ts'

const offer = { offeredAtMs: 100_000, expiresAtMs: 130_000 }

test('an offer counts down in the server’s time, whatever the phone’s clock says', () => {
  expect(countdown(offer, 100_000, 1)).toEqual({ seconds: 30, share: 1, isOver: false })
  expect(countdown(offer, 122_300, 1)).toMatchObject({ seconds: 8, isOver: false })
  expect(countdown(offer, 115_000, 1).share).toBeCloseTo(0.5)
})

test('with the server’s clock running faster, the seconds are those of the person’s wall', () => {
  expect(countdown(offer, 110_000, 10).seconds).toBe(2)
})

test('an offer that has run out is over and never negative', () => {
  expect(countdown(offer, 130_000, 1)).toEqual({ seconds: 0, share: 0, isOver: true })
  expect(countdown(offer, 999_000, 1)).toEqual({ seconds: 0, share: 0, isOver: true })
})

test('nobody leaves the kitchen before the food is ready', () => {
  const early = offerTimes({ toPickupS: 120, legS: 300, readyAtMs: 600_000 }, 0)
  expect(early).toEqual({ pickupAtMs: 120_000, doneAtMs: 900_000, minutes: 15 })
  expect(offerTimes({ toPickupS: 120, legS: 300, readyAtMs: null }, 0).doneAtMs).toBe(420_000)
})
