import { describe, expect, it } from 'vitest'
import { gatherLookups } from './gather-lookups.ts'

describe('gathering lookups', () => {
  it('asks for one at once, and for those that come meanwhile together; everyone gets their own answer', async () => {
    const asked: number[][] = []
    const answers: (() => void)[] = []
    const lookUp = gatherLookups<number, string>(async (keys) => {
      asked.push(keys)
      await new Promise<void>((resolve) => answers.push(resolve))
      return keys.map((key) => (key % 7 === 0 ? undefined : `row ${key}`))
    })
    const all = Array.from({ length: 1_200 }, (_, key) => lookUp(key))
    expect(asked.map((keys) => keys.length)).toEqual([1, 1])
    while (answers.length > 0) {
      answers.shift()!()
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(asked.map((keys) => keys.length)).toEqual([1, 1, 500, 500, 198])
    expect(await Promise.all(all)).toEqual(Array.from({ length: 1_200 }, (_, n) => (n % 7 === 0 ? undefined : `row ${n}`)))
  })

  it('a failed query fails those who asked in it, and no others', async () => {
    let queries = 0
    const lookUp = gatherLookups<number, number>(async (keys) => {
      if (++queries === 3) throw new Error('connection lost')
      return keys
    })
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(lookUp))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected'])
    expect(await lookUp(5)).toBe(5)
  })
})
