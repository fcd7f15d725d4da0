import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestSummary } from '../tests/setup/summary-reporter.ts'
import { findBrowser, howToInstallBrowser } from './find-browser.ts'
import { findOrInstallRedis } from './find-redis.ts'
import { endChildrenWithMe, runCommand } from './run-command.ts'

const args = process.argv.slice(2)
const paths = args.filter((argument) => !argument.startsWith('-'))
const needsEverything = paths.length === 0 || paths.some((path) => path.includes('tests'))

endChildrenWithMe()
const missing = await findMissing()
for (const line of missing) console.error(`\n!! ${line}\n`)

const built = needsEverything ? await buildWebViews() : true
const summary = built ? await runVitest() : undefined
report(summary)

async function findMissing(): Promise<string[]> {
  const lines: string[] = []
  if (!(await findBrowser())) {
    lines.push(`No browser, so the tests that drive one are skipped. To run them: ${howToInstallBrowser()}`)
  }
  if (!findOrInstallRedis(console.error)) {
    lines.push('No redis-server or valkey-server in the PATH, so the Redis tests are skipped. Install one of them to run them.')
  }
  return lines
}

async function buildWebViews(): Promise<boolean> {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  if (!('build:web' in scripts)) return true
  console.error('Building the web views …')
  const { code, output } = await runCommand('npm', ['run', '--silent', 'build:web'], { output: 'keep' })
  if (code !== 0) console.error(`${output}\nThe web views did not build; no test was run.`)
  return code === 0
}

async function runVitest(): Promise<TestSummary | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-test-'))
  const file = join(folder, 'summary.json')
  try {
    const { code } = await runCommand('vitest', ['run', ...args], { output: 'show', env: { DOORSTEP_TEST_SUMMARY: file } })
    if (code !== 0) process.exitCode = code
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as TestSummary) : undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Ends with the plain line of counts; where a machine checks (`CI=true`), a missing browser or Redis is a failure. */
function report(summary: TestSummary | undefined): void {
  const skipped = summary?.skipped ?? []
  const asFailures = process.env['CI'] === 'true' ? missing.length : 0
  const failed = (summary?.failed ?? 1) + asFailures
  if (skipped.length + missing.length > 0) {
    console.log('\nSkipped:')
    for (const line of [...missing, ...skipped]) console.log(`  ${line}`)
    if (asFailures > 0) console.log('  With CI=true what is missing counts as failed.')
  }
  if (failed > 0) process.exitCode ||= 1
  const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : ''
  console.log(`\n${summary?.passed ?? 0} passed, ${failed} failed${tail}`)
}
