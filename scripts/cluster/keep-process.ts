import { type ChildProcess, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** A program that runs as long as this process does. */
export interface KeptProcess {
  pid: number
  isRunning(): boolean
  /** Asks it to end and waits until it has, also where it stands still. */
  stop(): Promise<void>
}

/**
 * Says the program's process id, waits for the end of its input, which comes when its starter is gone, and ends the program
 * then; signals meant for the terminal do not reach it. Where the program ends by itself, so does this.
 */
const KEEPER = `trap "" INT TERM HUP
"$0" "$@" </dev/null >&3 2>&3 & child=$!
echo $child
exec 4<&0
( read -r _ <&4; kill -TERM $child; kill -CONT $child
  for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do kill -0 $child || exit; sleep 0.2; done
  kill -KILL $child ) 2>/dev/null &
watcher=$!
while kill -0 $child 2>/dev/null; do wait $child 2>/dev/null; done
kill -KILL $watcher 2>/dev/null`

/** Starts a program that ends with this process, however this one ends; what it prints goes to a file. */
export async function keepProcess(program: string, args: readonly string[], logFile: string): Promise<KeptProcess> {
  const log = openSync(logFile, 'a')
  const keeper: ChildProcess = spawn('/bin/sh', ['-c', KEEPER, program, ...args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore', log],
  })
  let isRunning = true
  const ended = new Promise<void>((resolve) => {
    keeper.once('exit', () => {
      isRunning = false
      resolve()
    })
  })
  const lines = createInterface({ input: keeper.stdout! })
  const pid = await new Promise<number>((resolve, reject) => {
    lines.once('line', (line) => resolve(Number(line)))
    keeper.once('error', reject)
  })
  keeper.stdin!.on('error', () => undefined) // it has ended already
  return {
    pid,
    isRunning: () => isRunning,
    async stop() {
      keeper.stdin!.end()
      await ended
    },
  }
}
