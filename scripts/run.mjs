// Runs a program of the project on the pinned Node: `node scripts/run.mjs <file.ts> [arguments]`.
// Plain Node 18 or newer without dependencies, because it is what makes a fresh clone work: when the
// installed packages do not match package-lock.json it installs them first.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { patchPackages } from './patch-packages.mjs'

const windows = process.platform === 'win32'
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const pinnedNode = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node')
const installLock = join(root, '.doorstep', 'install.lock')

function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined
}

/** npm writes node_modules/.package-lock.json last, so a match with package-lock.json means a finished installation. */
function isInstalled() {
  const wanted = readPackages(join(root, 'package-lock.json'))
  const found = readPackages(join(modules, '.package-lock.json'))
  if (!found || !existsSync(pinnedNode)) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const there = found[path]
    if (!there) return entry.optional === true || entry.devOptional === true
    return there.version === entry.version && there.integrity === entry.integrity
  })
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function takeInstallLock() {
  mkdirSync(dirname(installLock), { recursive: true })
  const mine = `${installLock}.${process.pid}`
  writeFileSync(mine, String(process.pid))
  try {
    linkSync(mine, installLock)
    process.on('exit', () => rmSync(installLock, { force: true }))
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(mine)
  }
}

/** Moves a lock aside whose owner is gone; a lock that someone took in the same moment is put back. */
function dropDeadLock() {
  const aside = `${installLock}.${process.pid}`
  try {
    const owner = Number(readFileSync(installLock, 'utf8'))
    if (isAlive(owner)) return
    renameSync(installLock, aside)
    if (Number(readFileSync(aside, 'utf8')) === owner) rmSync(aside)
    else renameSync(aside, installLock)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

async function install() {
  let said = false
  while (!takeInstallLock()) {
    dropDeadLock()
    if (!said) console.error('Another start is installing the packages; waiting for it …')
    said = true
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  if (isInstalled()) return
  console.error('Installing packages (npm ci), once per change of package-lock.json; a minute or two …')
  // Windows cannot delete a program that runs, and npm puts the pinned Node first in the PATH of its scripts.
  if (windows && process.execPath.startsWith(modules + sep)) {
    renameSync(process.execPath, join(root, '.doorstep', `node-${process.pid}.exe`))
  }
  const startedMs = Date.now()
  const beat = setInterval(() => console.error(`  … still installing, ${Math.round((Date.now() - startedMs) / 1000)} s`), 10_000)
  const npm = spawn('npm', ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
    env: { ...process.env, npm_config_progress: 'true' },
  })
  const code = await supervise(npm)
  clearInterval(beat)
  const runs = code === 0 && spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v24.')
  if (runs && isInstalled()) return
  if (code === 0) rmSync(join(modules, '.package-lock.json'), { force: true })
  console.error('npm ci did not finish; the message above says why. Nothing else was started.')
  process.exit(code || 1)
}

/**
 * Waits for a child and hands every signal on to it. npm forwards the Ctrl+C that the terminal has already
 * sent to everyone, so the same signal within a short time counts once. A closed terminal asks for a clean end.
 */
function supervise(child) {
  const lastMs = new Map()
  const listeners = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    const forward = () => {
      const sent = signal === 'SIGHUP' ? 'SIGTERM' : signal
      const nowMs = Date.now()
      if (nowMs - (lastMs.get(sent) ?? 0) < 500) return
      lastMs.set(sent, nowMs)
      // On Windows a Ctrl+C reaches every process of the console by itself, and kill() would be an abrupt end.
      if (!windows || signal === 'SIGTERM') child.kill(sent)
    }
    process.on(signal, forward)
    return [signal, forward]
  })
  return new Promise((resolve) => {
    const finish = (code) => {
      for (const [signal, forward] of listeners) process.off(signal, forward)
      resolve(code)
    }
    child.on('error', (error) => {
      console.error(`${child.spawnfile} did not start: ${error.message}`)
      finish(1)
    })
    child.on('exit', (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 1)))
  })
}

const [file, ...args] = process.argv.slice(2)
if (!file) {
  console.error('usage: node scripts/run.mjs <file> [arguments]')
  process.exit(2)
}
if (!isInstalled()) {
  await install()
  rmSync(installLock, { force: true })
}
patchPackages()
// The child has a group of its own, so that a Ctrl+C reaches it once, through supervise(), and not the database under it.
// It ends with this process even when this process is killed outright: see end-with-parent.mjs.
const child = spawn(
  pinnedNode,
  [
    '--disable-warning=ExperimentalWarning',
    `--import=${pathToFileURL(join(root, 'scripts', 'end-with-parent.mjs')).href}`,
    join(root, file),
    ...args,
  ],
  {
    cwd: root,
    detached: !windows,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      DOORSTEP_STARTER: String(process.pid),
      PATH: `${join(modules, '.bin')}${delimiter}${process.env.PATH}`,
      INIT_CWD: process.env.INIT_CWD ?? process.cwd(),
    },
  },
)
process.exitCode = await supervise(child)
