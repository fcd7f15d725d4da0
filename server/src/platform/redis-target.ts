/** One Redis or a cluster of them, as `REDIS_URL` names it. */
export interface RedisTarget {
  /** One, or those of a cluster that are asked first for the others. */
  nodes: readonly { host: string; port: number }[]
  isCluster: boolean
  username: string | undefined
  password: string | undefined
  /** The numbered database; always 0 in a cluster. */
  db: number
  isTls: boolean
}

const DEFAULT_PORT = 6_379

/**
 * Reads `redis://[user:password@]host[:port][/db]`, or `rediss://` for TLS. Several with commas between them are nodes of a
 * cluster, which share name and password; one with `?cluster=true` is a cluster that is found through it. Throws an Error
 * that says what is wrong.
 */
export function readRedisUrl(text: string): RedisTarget {
  const urls = text.split(',').map((part) => readAddress(part.trim()))
  const [first] = urls as [URL, ...URL[]]
  const isCluster = urls.length > 1 || first.searchParams.get('cluster') === 'true'
  if (urls.some((url) => url.protocol !== first.protocol)) throw new Error('redis:// and rediss:// cannot be mixed')
  const path = first.pathname.slice(1)
  if (!/^\d{0,3}$/.test(path)) throw new Error(`the database after the port is a number, not ${path}`)
  if (isCluster && Number(path) > 0) throw new Error('a cluster has only database 0')
  return {
    nodes: urls.map((url) => ({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || DEFAULT_PORT })),
    isCluster,
    username: decodeURIComponent(first.username) || undefined,
    password: decodeURIComponent(first.password) || undefined,
    db: Number(path),
    isTls: first.protocol === 'rediss:',
  }
}

function readAddress(text: string): URL {
  const url = URL.parse(text)
  if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === '')
    throw new Error('an address that starts with redis:// or rediss://, or several with commas between them')
  const unknown = [...url.searchParams].find(([key, value]) => key !== 'cluster' || !/^(true|false)$/.test(value))
  if (unknown) throw new Error(`only ?cluster=true may follow an address, not ${unknown.join('=')}`)
  return url
}
