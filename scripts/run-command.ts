import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'

const running = new Set<ChildProcess>()

/** Hands an end that is asked of a script on to everything it has started; what was started decides how it ends. */
export function endChildrenWithMe(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      process.exitCode = 128 + constants.signals[signal]
      for (const child of running) child.kill(signal)
    })
  }
}

/** `show` hands the terminal to the program, `keep` collects what it prints for the caller. */
export interface RunOptions {
  readonly output: 'show' | 'keep'
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
}

/** Runs a program to its end; a program that cannot be started counts as exit code 127 with the reason as its output. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: options.output === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    running.add(child)
    let output = ''
    const collect = (chunk: string): void => {
      output += chunk
    }
    child.stdout?.setEncoding('utf8').on('data', collect)
    child.stderr?.setEncoding('utf8').on('data', collect)
    child.on('error', (error) => {
      running.delete(child)
      resolve({ code: 127, output: error.message })
    })
    child.on('close', (code, signal) => {
      running.delete(child)
      resolve({ code: code ?? 128 + (signal ? constants.signals[signal] : 1), output })
    })
  })
}
