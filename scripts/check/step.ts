import { runCommand } from '../run-command.ts'

/** What a step found: `output` is shown when it failed, `note` (a few words) stands in its line either way. */
export interface StepResult {
  readonly ok: boolean
  readonly output: string
  readonly note?: string
}

/** One line of `npm run check`. */
export interface Step {
  readonly name: string
  readonly run: () => Promise<StepResult>
}

/** Runs a tool of `node_modules/.bin` as a step: its exit code decides. */
export async function runTool(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<StepResult> {
  const { code, output } = await runCommand(command, args, { output: 'keep', env: { NO_COLOR: '1', FORCE_COLOR: '0', ...env } })
  return { ok: code === 0, output }
}

/** A step that found these problems; none is success. */
export function resultOf(problems: readonly string[], note: string): StepResult {
  return { ok: problems.length === 0, output: problems.join('\n'), note }
}
