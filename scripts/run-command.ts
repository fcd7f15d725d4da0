import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'

const running = new Set<ChildProcess>()
let ending = false

/**
 * Hands an end that is asked of a script on to everything it has started and starts nothing more; what was started
 * decides how it ends. Who asks again does not wait.
 */
export function endChildrenWithMe(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const code = 128 + constants.signals[signal]
      if (ending) process.exit(code)
      ending = true
      process.exitCode = code
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
  if (ending) return Promise.resolve({ code: 130, output: 'not started, because an end was asked for' })
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
