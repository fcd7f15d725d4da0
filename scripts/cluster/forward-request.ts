import { type Agent, type ClientRequest, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { headersFor } from './forwarded-headers.ts'
import type { Target, Targets } from './targets.ts'

/** How long a request may wait for a node that takes it, while none does. */
const WAIT_FOR_NODE_MS = 5_000
const TRY_EVERY_MS = 100
/** More than any node takes. */
const MOST_BYTES = 11_000_000

/** What became of a try: answered, never reached the node, or lost on the way with nobody knowing how far it came. */
type Outcome = 'answered' | 'unreached' | 'lost'

/**
 * Hands a request to a node. One that never reached a node goes to the next; one whose answer was lost does so only when
 * doing it twice is the same as doing it once.
 */
export async function forwardRequest(
  incoming: IncomingMessage,
  answer: ServerResponse,
  { targets, agent }: { targets: Targets; agent: Agent },
): Promise<void> {
  const body = await readBody(incoming)
  if (body === null) return refuse(answer, 413, 'too_large', 'The request is too large.')
  const startMs = Date.now()
  do {
    for (const target of targets.inTurn()) {
      if (incoming.socket.destroyed) return
      const outcome = await tryOn(target, incoming, body, answer, agent)
      if (outcome === 'answered') return
      if (outcome === 'unreached') targets.refused(target)
      else if (!isRepeatable(incoming)) return refuse(answer, 502, 'unavailable', 'The node that had the request was lost.')
    }
    await wait(TRY_EVERY_MS)
  } while (Date.now() - startMs < WAIT_FOR_NODE_MS)
  refuse(answer, 503, 'unavailable', 'No node can be reached.')
}

function tryOn(target: Target, incoming: IncomingMessage, body: Buffer, answer: ServerResponse, agent: Agent): Promise<Outcome> {
  return new Promise((resolve) => {
    const { method, url: path } = incoming
    const headers = { ...headersFor(incoming), ...(body.length > 0 ? { 'content-length': String(body.length) } : {}) }
    const sent = request({ host: '127.0.0.1', port: target.port, method, path, headers, agent })
    const end = () => sent.destroy()
    target.open.add(end)
    answer.on('close', end)
    sent.on('response', (reply) => {
      pass(reply, answer)
      resolve('answered')
    })
    sent.on('error', (error) => resolve(hasReached(sent, error) ? 'lost' : 'unreached'))
    sent.on('close', () => {
      target.open.delete(end)
      answer.off('close', end)
      resolve('lost')
    })
    sent.end(body)
  })
}

/** Whether any of it can have come to the node: only a refused or failed connection is sure not to have brought it. */
function hasReached(sent: ClientRequest, error: Error): boolean {
  const { syscall } = error as NodeJS.ErrnoException
  return sent.reusedSocket || syscall !== 'connect'
}

function pass(reply: IncomingMessage, answer: ServerResponse): void {
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...headers } = reply.headers
  answer.writeHead(reply.statusCode!, headers)
  reply.pipe(answer)
  // An answer that breaks off in the middle must not look whole.
  reply.on('error', () => answer.destroy())
  reply.on('close', () => reply.complete || answer.destroy())
}

function isRepeatable({ method = '', headers }: IncomingMessage): boolean {
  const hasKey = headers['idempotency-key'] !== undefined || headers['x-idempotency-key'] !== undefined
  return hasKey || ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'].includes(method)
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Answers in the form of the API's own problems. */
export function refuse(answer: ServerResponse, status: number, code: string, detail: string): void {
  if (answer.headersSent) return void answer.destroy()
  answer.writeHead(status, {
    'content-type': 'application/problem+json',
    ...(status === 413 || status === 404 ? {} : { 'retry-after': '1' }),
  })
  answer.end(JSON.stringify({ type: `/docs/errors#${code}`, title: detail, status, code }))
}
