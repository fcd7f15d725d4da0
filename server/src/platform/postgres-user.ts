import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { PostgresBinaries } from './postgres-binaries.ts'

/** Who PostgreSQL runs as and where it lives; without ids it is whoever runs the server. */
export interface PostgresHome {
  ids: { uid: number; gid: number } | Record<never, never>
  dataFolder: string
  binaries: PostgresBinaries
}

const ROOT_HOME = '/var/lib/doorstep'

function idOf(flag: '-u' | '-g', user: string): number | undefined {
  const answer = spawnSync('id', [flag, user], { encoding: 'utf8' })
  return answer.status === 0 ? Number(answer.stdout) : undefined
}

function unprivilegedUser(): { uid: number; gid: number } {
  for (const user of ['postgres', 'nobody']) {
    const uid = idOf('-u', user)
    const gid = idOf('-g', user)
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new Error('PostgreSQL refuses to run as root and there is no user postgres or nobody; set DATABASE_URL or run as a user')
}

function canReach(ids: { uid: number; gid: number }, path: string): boolean {
  return spawnSync('test', ['-x', path], { ...ids, cwd: '/' }).status === 0
}

/** PostgreSQL loads its libraries from beside its programs, so all of `native` moves as one. */
function copyBinaries(from: PostgresBinaries): PostgresBinaries {
  const native = dirname(dirname(from.postgres))
  const version = execFileSync(from.postgres, ['--version'], { encoding: 'utf8' }).trim()
  const to = join(ROOT_HOME, `postgres-${createHash('sha256').update(`${native} ${version}`).digest('hex').slice(0, 12)}`)
  if (!existsSync(join(to, 'bin', basename(from.postgres)))) {
    rmSync(`${to}.part`, { recursive: true, force: true })
    cpSync(native, `${to}.part`, { recursive: true, verbatimSymlinks: true })
    renameSync(`${to}.part`, to)
  }
  const moved = (path: string) => join(to, 'bin', basename(path))
  return { postgres: moved(from.postgres), initdb: moved(from.initdb), pg_ctl: moved(from.pg_ctl) }
}

/**
 * Where the embedded PostgreSQL can live. It never runs as root: started by root it runs as `postgres`, or `nobody`
 * where there is no such user, and when that user may not enter the folders (a home of mode 700) the data and the
 * programs go to /var/lib/doorstep.
 */
export function postgresHome(dataFolder: string, binaries: PostgresBinaries): PostgresHome {
  if (process.getuid?.() !== 0) {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    return { ids: {}, dataFolder, binaries }
  }
  const ids = unprivilegedUser()
  mkdirSync(dirname(dataFolder), { recursive: true })
  const reachable = canReach(ids, dirname(dataFolder))
  const folder = reachable
    ? dataFolder
    : join(ROOT_HOME, `data-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 12)}`)
  if (!reachable) mkdirSync(ROOT_HOME, { recursive: true, mode: 0o755 })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chownSync(folder, ids.uid, ids.gid)
  if (canReach(ids, binaries.postgres)) return { ids, dataFolder: folder, binaries }
  mkdirSync(ROOT_HOME, { recursive: true, mode: 0o755 })
  return { ids, dataFolder: folder, binaries: copyBinaries(binaries) }
}
