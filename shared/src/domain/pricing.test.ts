import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMoney, shareOf } from './money.ts'
import { deliveryPayMinor, priceOrder } from './pricing.ts'

describe('a price', () => {
  test('[OR5] adds up to the minor unit, whatever is in the cart', () => {
    const line = fc.record({ unitPriceMinor: fc.integer({ min: 0, max: 100_000 }), quantity: fc.integer({ min: 1, max: 20 }) })
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 50 }), fc.integer({ min: 0, max: 20_000 }), (lines, tip) => {
        const price = priceOrder(lines, { deliveryFeeMinor: 299, serviceFeeShare: 0.15 }, tip)
        const { subtotalMinor, deliveryFeeMinor, serviceFeeMinor, tipMinor, totalMinor } = price
        expect(totalMinor).toBe(subtotalMinor + deliveryFeeMinor + serviceFeeMinor + tipMinor)
        expect(Object.values(price).every(Number.isInteger)).toBe(true)
        expect(Math.abs(serviceFeeMinor - subtotalMinor * 0.15)).toBeLessThanOrEqual(0.5 + 1e-6)
      }),
    )
  })

  test('rounds a half up, also where binary fractions fall just short of it', () => {
    expect(shareOf(1010, 0.15)).toBe(152)
    expect(shareOf(1030, 0.15)).toBe(155)
    expect(shareOf(0, 0.15)).toBe(0)
  })

  test('is written as people read it', () => {
    expect(formatMoney({ amountMinor: 1250, currency: 'EUR' })).toBe('€12.50')
    expect(formatMoney({ amountMinor: 1250, currency: 'JPY' })).toBe('¥1,250')
  })

  test('pays a driver a base and the kilometres of the leg', () => {
    expect(deliveryPayMinor({ baseMinor: 350, perKmMinor: 60 }, 2_500)).toBe(500)
  })
})
