import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context } from 'hono'
import { etagOfFile, isKnown, statFile } from './serve-file.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
const COMPRESSED = /^(text|application)\/|svg/

/** Which page answers below which path; the first that fits. */
const VIEWS: readonly (readonly [path: string, page: string])[] = [
  ['/driver', 'driver/index.html'],
  ['/merchant', 'merchant/index.html'],
  ['/console', 'console/index.html'],
  ['/', 'customer/index.html'],
]

type Encoding = 'br' | 'gzip' | 'identity'

interface Kept {
  etag: string
  bodies: Partial<Record<Encoding, Uint8Array<ArrayBuffer>>>
}

const encoders = {
  br: (body: Uint8Array) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (body: Uint8Array) => promisify(gzip)(body),
  identity: async (body: Uint8Array) => body,
}

function encodingFor(c: Context, type: string): Encoding {
  const accepted = c.req.header('accept-encoding') ?? ''
  if (!COMPRESSED.test(type)) return 'identity'
  return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity'
}

function viewOf(path: string): string {
  const [, page] = VIEWS.find(([prefix]) => prefix === '/' || path === prefix || path.startsWith(`${prefix}/`))!
  return page
}

/** The path of a file below the folder; undefined for one that tries to leave it. */
function inside(folder: string, path: string): string | undefined {
  if (path.includes('\0')) return undefined
  const full = normalize(join(folder, path))
  return full.startsWith(folder + sep) ? full : undefined
}

/**
 * Serves the built web views of a folder: files as they are, and for every other address of a view its page, since the
 * views route by themselves. Files under `assets/` carry a hash in their name and are kept by browsers for a year.
 * Answers undefined where nothing fits.
 */
export function createWebViews(folder: string): (c: Context) => Promise<Response | undefined> {
  const kept = new Map<string, Kept>()
  const bodyOf = async (path: string, etag: string, encoding: Encoding) => {
    let entry = kept.get(path)
    if (entry?.etag !== etag) kept.set(path, (entry = { etag, bodies: {} }))
    const body = entry.bodies[encoding] ?? new Uint8Array(await encoders[encoding](await readFile(path)))
    entry.bodies[encoding] = body
    return body
  }
  const serve = async (c: Context, path: string, isImmutable: boolean): Promise<Response | undefined> => {
    const stats = await statFile(path)
    if (!stats) return undefined
    const type = TYPES[extname(path)] ?? 'application/octet-stream'
    const etag = etagOfFile(stats)
    c.header('etag', etag)
    c.header('vary', 'accept-encoding')
    c.header('cache-control', isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    if (isKnown(c, etag)) return c.body(null, 304)
    const encoding = encodingFor(c, type)
    const body = await bodyOf(path, etag, encoding)
    c.header('content-type', type)
    c.header('content-length', String(body.byteLength))
    if (encoding !== 'identity') c.header('content-encoding', encoding)
    return c.req.method === 'HEAD' ? c.body(null, 200) : c.body(body, 200)
  }
  return async (c) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return undefined
    let path: string
    try {
      path = decodeURIComponent(c.req.path)
    } catch {
      return undefined // not an address that any file could have
    }
    const file = inside(folder, path)
    const found = file && extname(path) !== '' ? await serve(c, file, /\/assets\//.test(path)) : undefined
    if (found || extname(path) !== '') return found
    return serve(c, join(folder, viewOf(path)), false)
  }
}
