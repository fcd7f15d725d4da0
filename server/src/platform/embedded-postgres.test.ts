import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectPostgres, startEmbeddedPostgres } from './index.ts'
import { isAlive } from './running-process.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doorstep-embedded-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const postmasterPid = () => Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])

async function read(url: string, statement: string) {
  const sql = connectPostgres({ url, poolSize: 1 })
  const rows = await sql.unsafe(statement)
  await sql.end()
  return rows
}

/** Another server process on the same folder, that says when its database is there. */
async function otherServer(): Promise<ChildProcess> {
  const program = `import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, 'embedded-postgres.ts'))}
    const db = await startEmbeddedPostgres({ folder: ${JSON.stringify(folder)} })
    console.log(db.url); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout!, 'data')
  return child
}

describe('the embedded PostgreSQL', () => {
  it('keeps its data, port and password from one start to the next, and leaves no process', async () => {
    const first = await startEmbeddedPostgres({ folder })
    await read(first.url, 'create table kept (x int)')
    const pid = postmasterPid()
    await first.stop()
    expect(isAlive(pid)).toBe(false)
    const second = await startEmbeddedPostgres({ folder })
    expect(second.url).toBe(first.url)
    expect(await read(second.url, 'select count(*) from kept')).toEqual([{ count: 0 }])
    await second.stop()
  })

  it('never gives up safety on disk outside tests', async () => {
    const db = await startEmbeddedPostgres({ folder })
    expect(await read(db.url, 'show fsync')).toEqual([{ fsync: 'on' }])
    expect(await read(db.url, 'show synchronous_commit')).toEqual([{ synchronousCommit: 'on' }])
    await db.stop()
  })

  it('ends with a server that is killed, and starts again on what it left', async () => {
    const child = await otherServer()
    const pid = postmasterPid()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const again = await startEmbeddedPostgres({ folder })
    expect(isAlive(pid)).toBe(false)
    expect(await read(again.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await again.stop()
  })

  it('says when it is lost, and starts again at once on the same port with what was committed', async () => {
    const lost = vi.fn()
    const db = await startEmbeddedPostgres({ folder, onLost: lost })
    await read(db.url, 'create table kept as select 1 as x')
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      const pid = db.pid()
      process.kill(pid, signal)
      await vi.waitFor(() => expect(db.isRunning()).toBe(false), { timeout: 20_000 })
      await db.restart()
      expect(db.pid()).not.toBe(pid)
      expect(await read(db.url, 'select x from kept')).toEqual([{ x: 1 }])
    }
    expect(lost).toHaveBeenCalledTimes(2)
    await db.stop()
    expect(lost).toHaveBeenCalledTimes(2)
  })

  it('starts over a postmaster.pid whose process is gone or is somebody else', async () => {
    await (await startEmbeddedPostgres({ folder })).stop()
    for (const pid of [process.pid, 2 ** 22 - 1]) {
      writeFileSync(join(folder, 'data', 'postmaster.pid'), `${pid}\n${join(folder, 'data')}\n1\n1\n\n127.0.0.1\n\nready\n`)
      const again = await startEmbeddedPostgres({ folder })
      expect(await read(again.url, 'select 1 as one')).toEqual([{ one: 1 }])
      await again.stop()
    }
  })

  it('refuses a folder that another server uses, and leaves that one alone', async () => {
    const child = await otherServer()
    await expect(startEmbeddedPostgres({ folder })).rejects.toThrow('another Doorstep')
    const pid = postmasterPid()
    expect(isAlive(pid)).toBe(true)
    child.kill('SIGKILL')
    await vi.waitUntil(() => !isAlive(pid), { timeout: 10_000 })
  })

  it('throws away a data folder that was left half made', async () => {
    await (await startEmbeddedPostgres({ folder })).stop()
    rmSync(join(folder, 'made'))
    rmSync(join(folder, 'data', 'global'), { recursive: true })
    const again = await startEmbeddedPostgres({ folder })
    expect(await read(again.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await again.stop()
  })
})
