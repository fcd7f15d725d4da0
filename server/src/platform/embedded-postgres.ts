import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { isFolderInUse, lockFolder } from './folder-lock.ts'
import { freePort } from './free-port.ts'
import { connectPostgres } from './postgres.ts'
import { findPostgresBinaries } from './postgres-binaries.ts'
import { type PostgresHome, postgresHome } from './postgres-user.ts'
import { type Postmaster, startPostmaster, stopLeftover } from './postmaster.ts'

/** A PostgreSQL 18 of our own, from an npm package. */
export interface EmbeddedPostgres {
  /** Address of the database `doorstep` in it. */
  url: string
  port: number
  /** The process that all its others hang on; another one after each start. */
  pid(): number
  /** Whether it runs now. */
  isRunning(): boolean
  /** Where its data is: in the folder asked for, or elsewhere when PostgreSQL's user may not get in there. */
  dataFolder: string
  /** Starts it again where it was lost, on the same port. */
  restart(): Promise<void>
  /** Ends it: clients are cut, everything is on disk. */
  stop(): Promise<void>
}

/** Where it lives and for what. */
export interface EmbeddedPostgresOptions {
  /** Everything it needs is in here: `data`, its port, password and log. */
  folder: string
  /** Called when it has ended without being stopped: to start it again is up to the caller. */
  onLost?: () => void
  /** Nothing is safe from a power cut; for tests alone. */
  unsafeForTests?: boolean
}

const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '120',
  shared_buffers: '128MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  effective_cache_size: '512MB',
  random_page_cost: '1.1',
  jit: 'off',
  // One node, no replicas: the log carries what recovery needs and no more.
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_compression: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  log_min_messages: 'warning',
  log_line_prefix: '%m [%p] ',
}

const TEST_SETTINGS: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '300',
  shared_buffers: '64MB',
}

function remembered(file: string, make: () => string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const value = make()
  writeFileSync(file, value, { mode: 0o600 })
  return value
}

async function initialise(home: PostgresHome, password: string): Promise<void> {
  for (const left of readdirSync(home.dataFolder)) rmSync(join(home.dataFolder, left), { recursive: true, force: true })
  // initdb reads the password as the user PostgreSQL runs as, so the file stands where that user may read.
  const passwordFile = join(home.dataFolder, '..', `.password-${randomBytes(6).toString('hex')}`)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if ('uid' in home.ids) chownSync(passwordFile, home.ids.uid, home.ids.gid)
  const args = [
    `--pgdata=${home.dataFolder}`,
    `--pwfile=${passwordFile}`,
    '--username=doorstep',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
  ]
  try {
    await promisify(execFile)(home.binaries.initdb, args, {
      ...home.ids,
      cwd: home.dataFolder,
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    })
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

async function createDatabase(adminUrl: string): Promise<void> {
  const sql = connectPostgres({ url: adminUrl, poolSize: 1 })
  try {
    const [row] = await sql`select 1 from pg_database where datname = 'doorstep'`
    if (!row) await sql`create database doorstep`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** A postmaster that can be started again when it was lost. */
async function keepRunning(start: () => Promise<Postmaster>, home: PostgresHome, onLost = () => {}) {
  let current: Postmaster
  let isRunning = false
  let isStopped = false
  const begin = async () => {
    const postmaster = await start()
    current = postmaster
    isRunning = true
    void postmaster.ended.then(() => {
      isRunning = false
      if (!isStopped) onLost()
    })
  }
  await begin()
  return {
    pid: () => current.pid,
    isRunning: () => isRunning,
    async restart() {
      if (isRunning || isStopped) return
      await stopLeftover(home.dataFolder)
      await begin()
    },
    stop: () => {
      isStopped = true
      return current.stop()
    },
  }
}

/**
 * Starts the PostgreSQL of `folder`, making it first if there is none. What a killed server left behind is cleared
 * away; a folder that a living server uses is refused. It listens on loopback alone, ends with this process however
 * that ends, and a signal sent to the whole terminal does not reach it before `stop()` does.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder)
  mkdirSync(folder, { recursive: true })
  // Run by root, PostgreSQL is another user who has to pass through; the files in it stay closed to others.
  if (process.getuid?.() === 0) chmodSync(folder, statSync(folder).mode | 0o011)
  const unlock = lockFolder(folder)
  try {
    const home = postgresHome(join(folder, 'data'), await findPostgresBinaries())
    const password = remembered(join(folder, 'password'), () => randomBytes(18).toString('base64url'))
    await stopLeftover(home.dataFolder)
    const made = join(folder, 'made') // written when initdb has finished: half a data folder is thrown away
    const isNew = !existsSync(made)
    if (isNew) await initialise(home, password)
    writeFileSync(made, '')
    const portFile = join(folder, 'port')
    const port = await freePort('127.0.0.1', Number(remembered(portFile, () => '0')))
    writeFileSync(portFile, String(port))
    const settings = { ...SETTINGS, ...(options.unsafeForTests ? TEST_SETTINGS : {}), port: String(port) }
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const run = await keepRunning(() => startPostmaster(home, args, join(folder, 'postgres.log')), home, options.onLost)
    const address = `postgres://doorstep:${password}@127.0.0.1:${port}`
    await createDatabase(`${address}/postgres`)
    return {
      ...run,
      url: `${address}/doorstep`,
      port,
      dataFolder: home.dataFolder,
      async stop() {
        await run.stop()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * The PostgreSQL of a folder for somebody who only looks: the one a running server has started, or else started for as
 * long as this takes. Throws where there is none yet.
 */
export async function joinEmbeddedPostgres(folder: string): Promise<Pick<EmbeddedPostgres, 'url' | 'stop'>> {
  if (!existsSync(join(folder, 'made'))) throw new Error(`there is no database in ${folder} yet`)
  if (!isFolderInUse(folder)) return startEmbeddedPostgres({ folder })
  const [password, port] = ['password', 'port'].map((name) => readFileSync(join(folder, name), 'utf8').trim())
  return { url: `postgres://doorstep:${password}@127.0.0.1:${port}/doorstep`, stop: async () => {} }
}
