import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { KEY_GROUPS } from './keys.ts'

test('the manual names every key that the help names', () => {
  const manual = readFileSync(fileURLToPath(new URL('../../../../docs/desktop.md', import.meta.url)), 'utf8')
  const missing = KEY_GROUPS.flatMap(({ keys }) => keys)
    .map(([caps]) => caps.filter((cap) => cap !== '–').map((cap) => `\`${cap}\``))
    .filter((caps) => !manual.split('\n').some((line) => caps.every((cap) => line.includes(cap))))
  expect(missing).toEqual([])
})
