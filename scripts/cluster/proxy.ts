import { Agent, createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { forwardRequest, refuse } from './forward-request.ts'
import { forwardUpgrade } from './forward-upgrade.ts'
import { type Target, watchTargets } from './targets.ts'

/** What stands in front of the nodes. */
export interface Proxy {
  url: string
  targets: readonly Target[]
  stop(): Promise<void>
}

/**
 * A reverse proxy for nodes on this machine: by turns, no client bound to a node, WebSockets too. It asks the nodes how they
 * are, tries again elsewhere what may be tried again, and cuts the clients of a node that is gone so that they come back.
 */
export async function startProxy(nodes: readonly { name: string; port: number }[], port: number): Promise<Proxy> {
  const targets = watchTargets(nodes)
  const agent = new Agent({ keepAlive: true, maxSockets: 512 })
  const server = createServer({ keepAliveTimeout: 65_000, noDelay: true }, (incoming, answer) => {
    const pathname = incoming.url?.split('?')[0]
    // The nodes' own figures are nobody else's.
    if (pathname === '/metrics' || pathname === '/readyz') return refuse(answer, 404, 'not_found', 'There is nothing here.')
    forwardRequest(incoming, answer, { targets, agent }).catch(() => answer.destroy())
  })
  const upgraded = new Set<Socket>()
  server.on('upgrade', (incoming, socket: Socket, head) => {
    upgraded.add(socket)
    socket.on('close', () => upgraded.delete(socket))
    void forwardUpgrade(incoming, socket, head, targets)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    targets: targets.all,
    async stop() {
      targets.stop()
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of upgraded) socket.destroy()
      server.closeAllConnections()
      agent.destroy()
      await closed
    },
  }
}
