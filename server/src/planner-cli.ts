import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { seededRng } from '@doorstep/shared/domain'
import { plan, readVroom, type VroomProblem, writeVroom } from './planner/index.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { iterations: { type: 'string', default: '3000' }, seed: { type: 'string', default: '1' } },
})
const [file] = positionals
if (!file) {
  console.error(
    'usage: npm run plan -- problem.json [--iterations N] [--seed N]\nReads shipments, vehicles and matrices as VROOM does, writes the solution to standard output.',
  )
  process.exit(2)
}
const problem = JSON.parse(readFileSync(file, 'utf8')) as VroomProblem
const input = readVroom(problem, Number(values.iterations))
if (!input.ok) {
  console.error(`${file}: not supported: ${input.error.why}`)
  process.exit(2)
}
const { snapshot, policy } = input.value
const result = plan(snapshot, policy, 0, seededRng(Number(values.seed)))
console.log(JSON.stringify(writeVroom(problem, input.value, result.plan), null, 2))
