import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'doorstep-run-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const program = join(folder, 'program.mjs')
writeFileSync(
  program,
  `let count = 0
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
  count += 1
  console.log('got', signal, count)
  setTimeout(() => process.exit(7), 700)
})
console.log('up', process.pid, process.version, process.cwd(), JSON.stringify(process.argv.slice(2)))
if (process.argv[2] === 'exit') process.exitCode = Number(process.argv[3])
else setInterval(() => {}, 1000)
`,
)

function start(...args: string[]): { child: ChildProcess; printed: () => string; seen: (text: string) => Promise<void> } {
  const child = spawn(process.execPath, [join(root, 'scripts', 'run.mjs'), relative(root, program), ...args], { cwd: folder })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  const seen = async (wanted: string): Promise<void> => {
    while (!text.includes(wanted)) await once(child.stdout, 'data')
  }
  return { child, printed: () => text, seen }
}

describe.skipIf(process.platform === 'win32')('the runner', () => {
  it('works from any folder, on the pinned Node, and keeps arguments and exit code', async () => {
    const { child, printed } = start('exit', '5', 'two words')
    const [code] = await once(child, 'close')
    expect(code).toBe(5)
    expect(printed()).toContain(' v24.')
    expect(printed()).toContain(` ${root} `)
    expect(printed()).toContain('["exit","5","two words"]')
  })

  it('hands a Ctrl+C that arrives twice on once, and waits for the end', async () => {
    const { child, printed, seen } = start()
    await seen('up')
    child.kill('SIGINT')
    child.kill('SIGINT')
    const [code] = await once(child, 'close')
    expect(code).toBe(7)
    expect(printed().match(/got SIGINT/g)).toHaveLength(1)
  })

  it('leaves nothing running when it is killed outright', async () => {
    const { child, printed, seen } = start()
    await seen('up')
    child.kill('SIGKILL')
    await once(child, 'close') // the program holds the same pipe, so this is its end too
    expect(printed()).toContain('got SIGTERM 1')
  })
})
