import { spawnSync } from 'node:child_process'
import { findProgram } from './find-program.ts'

/** The full path of a Redis or Valkey server in the PATH, or null. */
export function findRedis(): string | null {
  return findProgram(['redis-server', 'valkey-server'])
}

/** As `findRedis`, after installing it where that needs nobody's permission: Debian and its kin, as root. */
export function findOrInstallRedis(say: (line: string) => void): string | null {
  const there = findRedis()
  if (there || process.getuid?.() !== 0 || !findProgram(['apt-get'])) return there
  say('No redis-server in the PATH; installing it with apt-get …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  for (const args of [
    ['update', '-q'],
    ['install', '-y', '-q', '--no-install-recommends', 'redis-server'],
  ]) {
    const { status, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] })
    if (status !== 0) say(`apt-get ${args.join(' ')} failed: ${stderr.trim().split('\n').at(-1) ?? ''}`)
  }
  return findRedis()
}
