import { runCommand } from './run-command.ts'

const { code } = await runCommand('biome', ['check', '--write', '.'], { output: 'show' })
process.exitCode = code
