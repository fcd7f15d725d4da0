import { z } from 'zod'
import { AppError } from '../platform/index.ts'

const content = z.tuple([z.number().min(0).max(40_000_000), z.uuid()])

/** Where the next page starts: after this distance and id. */
export function toCursor(after: { distanceM: number; id: string }): string {
  return Buffer.from(JSON.stringify([after.distanceM, after.id])).toString('base64url')
}

/** Reads a cursor, or throws `invalid_input` for one that this API did not give. */
export function fromCursor(cursor: string): { distanceM: number; id: string } {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    value = undefined // not ours: told below, as for any other text
  }
  const parsed = content.safeParse(value)
  if (!parsed.success) {
    const errors = [{ field: 'query.cursor', rule: 'format', message: 'not a cursor of this list' }]
    throw new AppError('invalid_input', 'query.cursor: not a cursor of this list', { extras: { errors } })
  }
  return { distanceM: parsed.data[0], id: parsed.data[1] }
}
