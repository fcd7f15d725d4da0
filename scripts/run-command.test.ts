import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { findProgram } from './find-program.ts'
import { runCommand } from './run-command.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

describe('runCommand', () => {
  it('answers the exit code and everything that was printed, in order', async () => {
    const script = "console.log('out'); console.error('err'); process.exit(3)"
    const result = await runCommand(process.execPath, ['-e', script], { output: 'keep' })
    expect(result.code).toBe(3)
    expect(result.output).toContain('out')
    expect(result.output).toContain('err')
  })

  it('counts a program that is not there as a failure with a reason', async () => {
    const result = await runCommand('no-such-program-anywhere', [], { output: 'keep' })
    expect(result.code).not.toBe(0)
    expect(result.output).not.toBe('')
  })

  it('counts an end by a signal as a failure', async () => {
    const result = await runCommand(process.execPath, ['-e', "process.kill(process.pid, 'SIGKILL')"], { output: 'keep' })
    expect(result.code).toBe(137)
  })
})

describe('findProgram', () => {
  it.skipIf(process.platform === 'win32')('takes only what may be run, the first name first', () => {
    const folder = mkdtempSync(join(tmpdir(), 'doorstep-find-'))
    folders.push(folder)
    writeFileSync(join(folder, 'readable-only'), '', { mode: 0o644 })
    writeFileSync(join(folder, 'second'), '', { mode: 0o755 })
    writeFileSync(join(folder, 'first'), '', { mode: 0o755 })
    expect(findProgram(['readable-only'], folder)).toBeNull()
    expect(findProgram(['first', 'second'], folder)).toBe(join(folder, 'first'))
    expect(findProgram(['absent', 'second'], `/nowhere:${folder}`)).toBe(join(folder, 'second'))
  })
})
