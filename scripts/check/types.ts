import { dirname } from 'node:path'
import { runCommand } from '../run-command.ts'
import { readProjectFiles } from './project-files.ts'
import type { Step } from './step.ts'

/** Rooms whose runtime has no `process`: no type of Node may reach them, not even through a package. */
const withoutNode = /^(shared\/|server\/src\/(planner|fleet)\/|server\/web\/|desktop\/src\/(renderer|ipc)\/)/

/** Every tsconfig is one runtime; each is compiled alone, one after the other since the compiler itself uses both cores. */
export const types: Step = {
  name: 'types',
  run: async () => {
    const configs = (await readProjectFiles()).map((file) => file.path).filter((path) => path.endsWith('/tsconfig.json'))
    const problems: string[] = []
    let checked = 0
    for (const config of configs) {
      const { code, output } = await runCommand('tsc', ['-p', config, '--listFiles', '--pretty', 'false'], { output: 'keep' })
      if (output.includes('error TS18003')) continue
      checked += 1
      const lines = output.split('\n')
      if (code !== 0) problems.push(`${dirname(config)}:`, ...lines.filter((line) => line !== '' && !isListedFile(line)))
      const node = lines.find((line) => isListedFile(line) && line.includes('/@types/node/'))
      if (node && withoutNode.test(config))
        problems.push(`${dirname(config)}: the types of Node are visible in a room without Node`)
    }
    if (checked < 5) problems.push(`only ${checked} of ${configs.length} configurations have files`)
    return { ok: problems.length === 0, output: problems.join('\n'), note: `${checked} runtimes` }
  },
}

function isListedFile(line: string): boolean {
  return /^(\/|[A-Za-z]:[\\/])/.test(line) && /\.(ts|tsx|mts|cts|json)$/.test(line)
}
