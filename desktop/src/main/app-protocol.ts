import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { SCHEME } from './deep-links.ts'
import type { Electron } from './electron-module.ts'

/** The pages of the desktop, each an origin of its own. */
export const ORIGINS = { console: `${SCHEME}://app`, settings: `${SCHEME}://settings` } as const

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** Tells Electron, before it is ready, that the scheme behaves like HTTPS: origins, storage, fetch, no way around policies. */
export function registerScheme({ protocol }: Pick<Electron, 'protocol'>): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true, codeCache: true },
    },
  ])
}

/**
 * What the console may do: its own packaged files, and the one server it works with. MapLibre starts its worker from a
 * blob where bundlers leave it so and draws images from blobs; React and MapLibre set styles from script.
 */
export function consolePolicy(serverUrl: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self' blob:",
    "img-src 'self' data: blob:",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    `connect-src 'self' data: blob: ${serverUrl} ${serverUrl.replace(/^http/, 'ws')}`,
    ...CLOSED,
  ].join('; ')
}

const CLOSED = ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "object-src 'none'"]
const SETTINGS_POLICY = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", ...CLOSED].join('; ')

/** Where the files of each page are, and the server that the console may speak to at the moment. */
export interface PageFiles {
  consoleFolder: string
  settingsFolder: string
  serverUrl: () => string
}

/** Answers `doorstep://app/…` and `doorstep://settings/…` from packaged files, with the policy of each page. */
export function createPageHandler(pages: PageFiles): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url)
    const page =
      url.host === 'app'
        ? { folder: pages.consoleFolder, policy: consolePolicy(pages.serverUrl()) }
        : url.host === 'settings'
          ? { folder: pages.settingsFolder, policy: SETTINGS_POLICY }
          : undefined
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405)
    const path = page && fileIn(page.folder, url.pathname)
    if (!path) return refusal(404)
    const body = await readOrNothing(path)
    if (!body) return refusal(404)
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
      headers: {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'content-length': String(body.byteLength),
        'content-security-policy': page.policy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy': 'geolocation=(), camera=(), microphone=()',
        'cache-control': 'no-cache',
      },
    })
  }
}

function refusal(status: 404 | 405): Response {
  return new Response(null, { status })
}

function fileIn(folder: string, pathname: string): string | undefined {
  let path: string
  try {
    path = decodeURIComponent(pathname === '/' ? '/index.html' : pathname)
  } catch {
    return undefined // not an address that any file could have
  }
  if (path.includes('\0')) return undefined
  const full = normalize(join(folder, path))
  return full.startsWith(normalize(folder) + sep) ? full : undefined
}

async function readOrNothing(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}
