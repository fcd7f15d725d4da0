import { documents } from './check/documents.ts'
import { houseRules } from './check/house-rules.ts'
import { rooms } from './check/rooms.ts'
import { sql } from './check/sql.ts'
import type { Step, StepResult } from './check/step.ts'
import { deadCode, format, lint } from './check/tools.ts'
import { types } from './check/types.ts'
import { endChildrenWithMe } from './run-command.ts'

/** Two at a time, the longest first, since two cores are what can be counted on. */
const atOnce = 2
const steps: readonly Step[] = [sql, types, lint, deadCode, rooms, format, documents, houseRules]

endChildrenWithMe()
const chosen = chooseSteps(process.argv.slice(2))
const startedMs = Date.now()
const failures: [Step, StepResult][] = []
let passed = 0
const queue = [...chosen]
await Promise.all(Array.from({ length: atOnce }, work))

for (const [step, { output }] of failures) console.log(`\n── ${step.name}\n${output.trim()}`)
if (failures.length > 0) process.exitCode ||= 1
const seconds = ((Date.now() - startedMs) / 1000).toFixed(1)
console.log(`\n${passed} steps passed, ${failures.length} failed in ${seconds} s`)

async function work(): Promise<void> {
  for (let step = queue.shift(); step && !process.exitCode; step = queue.shift()) {
    const beganMs = Date.now()
    const result = await step.run().catch((error: unknown) => ({ ok: false, output: describe(error) }) as StepResult)
    const took = `${((Date.now() - beganMs) / 1000).toFixed(1)} s`.padStart(7)
    console.log(`${result.ok ? '✓' : '✗'} ${step.name.padEnd(16)}${took}${result.note ? `  ${result.note}` : ''}`)
    if (result.ok) passed += 1
    else failures.push([step, result])
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** `--only types,lint` runs the steps whose names begin so. */
function chooseSteps(args: readonly string[]): readonly Step[] {
  const at = args.indexOf('--only')
  if (at < 0) return steps
  const wanted = (args[at + 1] ?? '').split(',').map((name) => name.trim().toLowerCase())
  const some = steps.filter(({ name }) => wanted.some((start) => start !== '' && name.startsWith(start)))
  if (some.length > 0) return some
  console.error(`--only takes one or more of: ${steps.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}
