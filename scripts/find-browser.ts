import { spawnSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProgram, isProgram } from './find-program.ts'

/** What `chromium.launch()` of playwright-core takes; the same flags for every browser, WebGL2 by software included. */
export interface FoundBrowser {
  readonly executablePath: string
  readonly args: readonly string[]
}

const flags = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
const inPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']

let found: Promise<FoundBrowser | null> | undefined

/** The browser that tests drive: an installed Chrome or Chromium, else the packaged one on Linux, else null. */
export function findBrowser(): Promise<FoundBrowser | null> {
  found ??= search()
  return found
}

/** What to tell a person whose machine has no browser: the one command to run. */
export function howToInstallBrowser(): string {
  if (process.platform === 'darwin') return 'brew install --cask google-chrome'
  if (process.platform === 'win32') return 'winget install Google.Chrome'
  return 'sudo apt-get install chromium'
}

async function search(): Promise<FoundBrowser | null> {
  const installed = findProgram(inPath) ?? knownPlaces().find(isProgram)
  if (installed && starts(installed)) return { executablePath: installed, args: flags }
  return process.platform === 'linux' ? unpackBrowser() : null
}

function knownPlaces(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  }
  if (process.platform !== 'win32') return []
  const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name] ?? '')
  return roots.flatMap((root) => [
    join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
    join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
  ])
}

/** Chrome on Windows opens a window when asked for its version, so there its presence has to do. */
function starts(executablePath: string): boolean {
  if (process.platform === 'win32') return true
  return spawnSync(executablePath, ['--version'], { timeout: 20_000 }).status === 0
}

/** `@sparticuz/chromium` carries the system libraries it needs for machines that lack them. */
async function unpackBrowser(): Promise<FoundBrowser | null> {
  const { default: chromium, inflate, setupLambdaEnvironment } = await import('@sparticuz/chromium')
  let executablePath = await chromium.executablePath()
  if (!starts(executablePath)) {
    await rm(executablePath, { force: true })
    executablePath = await chromium.executablePath()
  }
  if (!starts(executablePath)) {
    const packed = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..', 'bin', 'al2023.tar.br')
    await inflate(packed)
    setupLambdaEnvironment(join(tmpdir(), 'al2023', 'lib'))
  }
  return starts(executablePath) ? { executablePath, args: ['--headless=shell', ...flags] } : null
}
