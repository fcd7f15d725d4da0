import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** The headers a node gets: those of the client, with where it came from written anew. */
export function headersFor({ headers, socket }: IncomingMessage): IncomingHttpHeaders {
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, upgrade: ____, ...rest } = headers
  return { ...rest, 'x-forwarded-for': socket.remoteAddress ?? '', 'x-forwarded-proto': 'http' }
}
