import type { WhatIf } from '@doorstep/shared/contract'
import { ok } from '@doorstep/shared/domain'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCosts } from './ask-costs.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function costsFrom(asked: string[]) {
  const whatIf = (orderId: string, driverId: string) => {
    asked.push(`${orderId} ${driverId}`)
    return Promise.resolve(ok({ costMinor: asked.length } as WhatIf))
  }
  return createCosts({ whatIf }, () => {}, Date.now)
}

test('passing over drivers asks nothing; resting on one asks once and remembers', async () => {
  const asked: string[] = []
  const costs = costsFrom(asked)
  costs.want(['o'], 'ana')
  await vi.advanceTimersByTimeAsync(30)
  costs.want(['o'], 'rui')
  await vi.advanceTimersByTimeAsync(200)
  costs.want(['o'], 'rui')
  await vi.advanceTimersByTimeAsync(200)
  expect(asked).toEqual(['o rui'])
  expect(costs.known('o', 'rui')).toEqual({ cost: { costMinor: 1 } })
  expect(costs.known('o', 'ana')).toBeNull()
})

test('what is known grows old and is asked for again', async () => {
  const asked: string[] = []
  const costs = costsFrom(asked)
  costs.want(['o'], 'rui')
  await vi.advanceTimersByTimeAsync(20_000)
  costs.want(['o'], 'rui')
  await vi.advanceTimersByTimeAsync(200)
  expect(asked).toEqual(['o rui', 'o rui'])
})
