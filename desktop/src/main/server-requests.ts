import type { Session } from 'electron'
import { ORIGINS } from './app-protocol.ts'

/** What the console sends to the server beyond simple requests, and what it reads of the answers. */
const ALLOWED = {
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers':
    'accept, authorization, content-type, idempotency-key, if-match, if-none-match, range, x-idempotency-key, x-request-id',
  'Access-Control-Expose-Headers':
    'accept-ranges, content-length, content-range, etag, idempotent-replayed, retry-after, x-request-id',
  'Access-Control-Max-Age': '600',
}

/**
 * Lets the console, whose own origin is `doorstep://app`, speak to its server as the server's own pages do, and to nobody
 * else: other addresses are cancelled, requests to the server carry its origin, and answers name the console as a reader.
 */
export function connectToServer({ webRequest }: Pick<Session, 'webRequest'>, serverUrl: () => string): void {
  const isServer = (address: string) => URL.canParse(address) && new URL(address.replace(/^ws/, 'http')).origin === serverUrl()
  webRequest.onBeforeRequest((details, callback) => {
    const isOwn = /^(doorstep|blob|data|devtools):/.test(details.url)
    callback({ cancel: !isOwn && !isServer(details.url) })
  })
  webRequest.onBeforeSendHeaders((details, callback) => {
    const { requestHeaders } = details
    if (!isServer(details.url)) return callback({ requestHeaders })
    const kept = Object.entries(requestHeaders).filter(([name]) => !/^(origin|referer|cookie)$/i.test(name))
    callback({ requestHeaders: { ...Object.fromEntries(kept), Origin: serverUrl() } })
  })
  webRequest.onHeadersReceived((details, callback) => {
    const isConsole = details.initiatorOrigin === undefined || details.initiatorOrigin === ORIGINS.console
    if (!isServer(details.url) || details.resourceType === 'webSocket' || !isConsole) return callback({})
    const kept = Object.entries(details.responseHeaders ?? {}).filter(([name]) => !/^(access-control-|set-cookie$)/i.test(name))
    const responseHeaders = { ...Object.fromEntries(kept), ...ALLOWED, 'Access-Control-Allow-Origin': ORIGINS.console }
    callback(details.method === 'OPTIONS' ? { responseHeaders, statusLine: 'HTTP/1.1 204 No Content' } : { responseHeaders })
  })
}
