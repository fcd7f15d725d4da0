import { createServer } from 'node:net'

/** A port nobody listens on: the preferred one if it is free, else one the system chooses. */
export function freePort(host = '127.0.0.1', preferred = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (preferred !== 0 && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) freePort(host).then(resolve, reject)
      else reject(error)
    })
    server.listen({ host, port: preferred, exclusive: true }, () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : preferred
      server.close(() => resolve(port))
    })
  })
}
