import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Ticks of the kernel's CPU counters in a second, on every Linux of today. */
const TICKS_PER_SECOND = 100
/** What the kernel allocates for a TCP socket and its descriptor. */
const SOCKET_CACHES = [
  'TCP',
  'sock_inode_cache',
  'dentry',
  'filp',
  'eventpoll_epi',
  'eventpoll_pwq',
  'lsm_inode_cache',
  'lsm_file_cache',
]

/** CPU seconds used so far by processes and all their children; those that have ended meanwhile are not seen. */
export function cpuSeconds(pids: readonly number[]): number {
  return descendants(pids).reduce((sum, pid) => sum + cpuOf(pid), 0)
}

/** CPU seconds used so far by one process, all its threads, without its children. */
export const ownCpuSeconds = (pid: number): number => cpuOf(pid)

function cpuOf(pid: number): number {
  const fields = statOf(pid)
  return fields ? (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND : 0
}

function statOf(pid: number): string[] | undefined {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return undefined
  const text = readFileSync(file, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function descendants(pids: readonly number[]): number[] {
  const all = new Set(pids)
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  for (let grew = true; grew; ) {
    grew = false
    for (const name of processes) {
      const pid = Number(name)
      if (all.has(pid) || !all.has(Number(statOf(pid)?.[1] ?? -1))) continue
      all.add(pid)
      grew = true
    }
  }
  return [...all]
}

/** Bytes that the kernel holds for sockets: their buffers, and their own structures where those can be read (by root). */
export function kernelSocketBytes(): number {
  const pages = /TCP:.* mem (\d+)/.exec(readFileSync('/proc/net/sockstat', 'utf8'))?.[1]
  return Number(pages ?? 0) * 4096 + structureBytes()
}

function structureBytes(): number {
  try {
    const lines = readFileSync('/proc/slabinfo', 'utf8').split('\n')
    const caches = lines.map((line) => line.split(/\s+/)).filter(([name]) => SOCKET_CACHES.includes(name ?? ''))
    return caches.reduce((sum, [, used, , size]) => sum + Number(used) * Number(size), 0)
  } catch {
    // Only root may see the caches one by one; all that the kernel cannot reclaim is the next best.
    return Number(/SUnreclaim:\s+(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0) * 1024
  }
}
