import { type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import { headersFor } from './forwarded-headers.ts'
import type { Target, Targets } from './targets.ts'

/** Connects a WebSocket to the next node that takes it; when either end goes, so does the other. */
export async function forwardUpgrade(incoming: IncomingMessage, client: Socket, head: Buffer, targets: Targets): Promise<void> {
  client.on('error', () => client.destroy())
  for (const target of targets.inTurn()) {
    if (client.destroyed) return
    const outcome = await connect(target, incoming, client, head)
    if (outcome === 'reached') return
    if (outcome === 'refused') targets.refused(target)
  }
  client.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

/** Answers whether the node was reached, whatever it said; nothing has been done where it was not. */
function connect(
  target: Target,
  incoming: IncomingMessage,
  client: Socket,
  head: Buffer,
): Promise<'reached' | 'refused' | 'lost'> {
  return new Promise((resolve) => {
    const headers = { ...headersFor(incoming), connection: 'Upgrade', upgrade: incoming.headers.upgrade ?? 'websocket' }
    const asked = request({ host: '127.0.0.1', port: target.port, method: 'GET', path: incoming.url, headers, agent: false })
    const giveUp = () => asked.destroy()
    client.on('close', giveUp)
    asked.on('upgrade', (reply, node, first) => {
      client.off('close', giveUp)
      client.write(headOf(reply))
      node.unshift(first)
      client.unshift(head)
      join(target, client, node)
      resolve('reached')
    })
    asked.on('response', (reply) => {
      client.write(headOf(reply))
      reply.pipe(client)
      resolve('reached')
    })
    asked.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED' ? 'refused' : 'lost'))
    asked.end()
  })
}

function join(target: Target, client: Socket, node: Socket): void {
  const end = () => {
    target.open.delete(end)
    client.destroy()
    node.destroy()
  }
  target.open.add(end)
  for (const socket of [client, node]) {
    socket.setTimeout(0)
    socket.setNoDelay(true)
    socket.on('error', end)
    socket.on('close', end)
  }
  node.pipe(client)
  client.pipe(node)
}

function headOf(reply: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${reply.statusCode} ${reply.statusMessage}`]
  for (let i = 0; i < reply.rawHeaders.length; i += 2) lines.push(`${reply.rawHeaders[i]}: ${reply.rawHeaders[i + 1]}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}
