import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from './errors.ts'

const docs = readFileSync(join(import.meta.dirname, '../../../docs/errors.md'), 'utf8')
const entries = [...docs.matchAll(/^## `(\w+)`\n\n(.+)$/gm)].map(([, code, text]) => ({ code, text }))

describe('error codes', () => {
  it('have each exactly one entry in docs/errors.md, in the same order', () => {
    expect(entries.map(({ code }) => code)).toEqual(Object.keys(ERROR_CODES))
  })

  it('close a live connection only with codes that the protocol allows', () => {
    for (const meaning of Object.values(ERROR_CODES)) {
      if ('close' in meaning) expect([1009, 1011, 1012, 1013].includes(meaning.close) || meaning.close >= 4000).toBe(true)
    }
  })

  it('say that a retry can help where the server or the moment is at fault, and only there', () => {
    for (const [code, { status, retry }] of Object.entries(ERROR_CODES)) {
      if (status >= 500 || status === 429) expect(retry, code).toBe(true)
      if (status < 409) expect(retry, code).toBe(false)
    }
  })
})
