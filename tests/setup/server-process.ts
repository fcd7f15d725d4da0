import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureDefaultCity } from '../../server/src/city/index.ts'

const ROOT = join(import.meta.dirname, '../..')
/** The default city of all runs of this machine: building it once saves each file some seconds. */
const CITY_CACHE = join(tmpdir(), 'doorstep-test-city')

/** A data folder of its own that already holds the default city. */
export async function newDataFolder(): Promise<string> {
  await ensureDefaultCity(CITY_CACHE)
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-e2e-'))
  cpSync(join(CITY_CACHE, 'city'), join(folder, 'city'), { recursive: true })
  return folder
}

/** A server in a process of its own. */
export interface ServerProcess {
  url: string
  output(): string
  /** Ends it as Ctrl+C does and answers its exit code. */
  stop(): Promise<number | null>
  /** Ends it as a power cut does. */
  kill(): Promise<void>
}

/** Starts the server as `npm start` does, without installing or building, and waits until it listens. */
export async function startServer(
  dataFolder: string,
  options: { args?: string[]; env?: Record<string, string> } = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['server/src/main.ts', ...(options.args ?? [])], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', DATA_FOLDER: dataFolder, LOG_LEVEL: 'warn', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const take = (chunk: Buffer) => {
      output += chunk.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output)
      if (found && output.includes('Ctrl+C')) resolve(found[0])
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('exit', (code) => reject(new Error(`the server ended with ${code} before it listened:\n${output}`)))
  })
  return {
    url,
    output: () => output,
    stop: () => end(child, 'SIGTERM'),
    kill: async () => void (await end(child, 'SIGKILL')),
  }
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve(code))
    child.kill(signal)
  })
}

/** Removes a data folder, also where another user's database was in it. */
export function removeDataFolder(folder: string): void {
  if (existsSync(folder)) rmSync(folder, { recursive: true, force: true })
}

/** Talks to a server as one of the demo's people. */
export async function signIn(url: string, email: string) {
  const answer = await fetch(`${url}/api/v1/auth/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${email}@demo.doorstep` }),
  })
  const { token } = (await answer.json()) as { token: string }
  return async (key: string, body?: unknown): Promise<any> => {
    const [method, path] = key.split(' ') as [string, string]
    const reply = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${key}: ${reply.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
}
