import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/** What `npm test` reads after the run; a file that could not be loaded and an error outside any test count as failed. */
export interface TestSummary {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly string[]
}

/** Writes the counts of a run to the file that `scripts/test.ts` names, so that nothing has to read the terminal's text. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const file = process.env['DOORSTEP_TEST_SUMMARY']
    if (file) writeFileSync(file, JSON.stringify(summarise(modules, errors.length)))
  }
}

function summarise(modules: readonly TestModule[], errorsOutsideTests: number): TestSummary {
  let passed = 0
  let failed = errorsOutsideTests
  const skipped: string[] = []
  for (const module of modules) {
    failed += module.errors().length
    for (const test of module.children.allTests()) {
      const result = test.result()
      if (result.state === 'passed') passed += 1
      else if (result.state === 'failed') failed += 1
      else if (result.state === 'skipped') {
        skipped.push(`${module.relativeModuleId}: ${test.fullName}${result.note ? ` (${result.note})` : ''}`)
      } else failed += 1
    }
  }
  return { passed, failed, skipped }
}
