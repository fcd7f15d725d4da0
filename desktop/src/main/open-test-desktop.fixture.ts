import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TypedSettings } from '../ipc/contract.ts'
import { FakeElectron } from './fake-electron.fixture.ts'
import { startDesktop } from './start-desktop.ts'

/** A desktop on a stand-in for Electron, in a temporary folder. */
export interface TestDesktop {
  electron: FakeElectron
  folder: string
  said: string[]
  /** Moves the desktop's own clock. */
  pass(ms: number): void
  /** Runs what waits for its turn in a regular interval. */
  tick(): void
}

/** Settings as somebody left them last time. */
export const SETTINGS: TypedSettings = {
  serverUrl: 'https://dispatch.example.org',
  theme: 'dark',
  notifications: true,
  keepInTray: false,
  updateFeedUrl: '',
}

/** A temporary folder with settings in it; without any where they are null. */
export function makeFolder(settings: object | null = SETTINGS): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-desktop-'))
  if (settings) writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Starts a desktop in a folder; `prepare` changes the stand-in before. */
export async function openTestDesktop(
  folder: string,
  { platform = 'linux', args = [] as string[], prepare = (_: FakeElectron) => {} } = {},
): Promise<TestDesktop> {
  const electron = new FakeElectron(folder)
  prepare(electron)
  const said: string[] = []
  const turns: (() => void)[] = []
  let nowMs = 1_000_000
  await startDesktop(electron.asModule(), {
    platform,
    args,
    preload: '/app/preload.cjs',
    consoleFolder: join(folder, 'console'),
    resources: join(import.meta.dirname, '../../resources'),
    nowMs: () => nowMs,
    every(_ms, work) {
      turns.push(work)
      return () => void turns.splice(turns.indexOf(work), 1)
    },
    say: (line) => void said.push(line),
  })
  return { electron, folder, said, pass: (ms) => (nowMs += ms), tick: () => turns.forEach((turn) => turn()) }
}
