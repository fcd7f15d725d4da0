import { createReadStream, type Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Context } from 'hono'
import { AppError } from '../platform/index.ts'
import { parseByteRange } from './byte-range.ts'

/** The file's state, or undefined where there is no such file. */
export async function statFile(path: string): Promise<Stats | undefined> {
  try {
    const stats = await stat(path)
    return stats.isFile() ? stats : undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined
    throw error
  }
}

/** A strong tag that changes with the file. */
export const etagOfFile = (stats: Stats): string => `"${stats.size.toString(36)}-${Math.round(stats.mtimeMs).toString(36)}"`

/** Whether the caller has this version already. */
export function isKnown(c: Context, etag: string): boolean {
  const known = c.req.header('if-none-match')
  return known === '*' || (known ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

function stream(path: string, start: number, end: number): ReadableStream {
  return Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream
}

/** Answers a large file from disk: byte ranges, tags, nothing held in memory. */
export async function serveFile(c: Context, path: string, contentType: string, cacheControl: string): Promise<Response> {
  const stats = await statFile(path)
  if (!stats) throw new AppError('not_found')
  const etag = etagOfFile(stats)
  c.header('accept-ranges', 'bytes')
  c.header('etag', etag)
  c.header('cache-control', cacheControl)
  if (isKnown(c, etag)) return c.body(null, 304)
  const isSameAsBefore = [undefined, etag].includes(c.req.header('if-range'))
  const range = isSameAsBefore ? parseByteRange(c.req.header('range'), stats.size) : undefined
  if (range === 'unsatisfiable') {
    c.header('content-range', `bytes */${stats.size}`)
    throw new AppError('range_not_satisfiable', `The file has ${stats.size} bytes.`)
  }
  const { start, end } = range ?? { start: 0, end: stats.size - 1 }
  c.header('content-type', contentType)
  c.header('content-length', String(end - start + 1))
  if (range) c.header('content-range', `bytes ${start}-${end}/${stats.size}`)
  const isBodyless = c.req.method === 'HEAD' || stats.size === 0
  const status = range ? 206 : 200
  return isBodyless ? c.body(null, status) : c.body(stream(path, start, end), status)
}
