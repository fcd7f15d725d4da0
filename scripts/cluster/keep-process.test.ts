import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { isAlive } from '../../server/src/platform/index.ts'
import { keepProcess } from './keep-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorstep-keep-'))
const log = join(folder, 'log')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const FOR_EVER = ['-e', 'setInterval(() => {}, 1000)']
const gone = (pid: number) => vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 15_000 })

/** A process that keeps another and says its id. */
async function starter(): Promise<{ child: ChildProcess; kept: number }> {
  const program = `import { keepProcess } from ${JSON.stringify(join(import.meta.dirname, 'keep-process.ts'))}
    const kept = await keepProcess(process.execPath, ${JSON.stringify(FOR_EVER)}, ${JSON.stringify(log)})
    console.log(kept.pid)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  return { child, kept: Number(line.toString()) }
}

describe.skipIf(process.platform === 'win32')('a kept process', () => {
  it('ends when it is stopped, also when it stands still', async () => {
    const kept = await keepProcess(process.execPath, FOR_EVER, log)
    process.kill(kept.pid, 'SIGSTOP')
    await kept.stop()
    await gone(kept.pid)
    expect(kept.isRunning()).toBe(false)
  })

  it('is known to have ended when it was killed', async () => {
    const kept = await keepProcess(process.execPath, FOR_EVER, log)
    process.kill(kept.pid, 'SIGKILL')
    await vi.waitFor(() => expect(kept.isRunning()).toBe(false), { timeout: 15_000 })
    await kept.stop()
  })

  it('ends with its starter, however that ends', async () => {
    const { child, kept } = await starter()
    expect(isAlive(kept)).toBe(true)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await gone(kept)
  })
})
