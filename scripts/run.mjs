// Runs a program of the project on the pinned Node: `node scripts/run.mjs <file.ts> [arguments]`.
// Plain Node 18 or newer without dependencies, because it is what makes a fresh clone work: when the
// installed packages do not match package-lock.json it installs them first.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stamp = join(root, 'node_modules', '.doorstep-lock')
const pinnedNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

function installed() {
  return existsSync(pinnedNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
}

if (!installed()) {
  console.error('Installing packages (npm ci), once per change of package-lock.json …')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, npm_config_progress: 'true' },
  })
  if (npm.status !== 0 || !existsSync(pinnedNode)) {
    console.error('npm ci did not finish; the message above says why. Nothing else was started.')
    process.exit(npm.status || 1)
  }
  writeFileSync(stamp, wanted)
}

const [file, ...args] = process.argv.slice(2)
if (!file) {
  console.error('usage: node scripts/run.mjs <file> [arguments]')
  process.exit(2)
}
const child = spawn(pinnedNode, ['--disable-warning=ExperimentalWarning', join(root, file), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
  },
})
// A terminal sends Ctrl+C to the whole group; the child decides when it is done.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
