import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endChildrenWithMe, runCommand } from './run-command.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const desktop = join(root, 'desktop')
const electronFolder = dirname(fileURLToPath(import.meta.resolve('electron/package.json')))

/** The installed Electron program; undefined while it has not been fetched. */
function findElectron(): string | undefined {
  const pathFile = join(electronFolder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(electronFolder, 'dist')
  const program = join(folder, name)
  return existsSync(program) ? program : undefined
}

/** Electron's package holds no program: it fetches one, about 110 MB, at the first use. */
async function fetchElectron(): Promise<string | undefined> {
  console.error("Fetching Electron's program from its releases, once, about 110 MB …")
  const { code, output } = await runCommand(process.execPath, [join(electronFolder, 'install.js')], { output: 'keep' })
  if (code === 0) return findElectron()
  console.error(output.trim().split('\n').slice(0, 3).join('\n'))
  return undefined
}

async function startDesktop(): Promise<number> {
  console.error('Building the desktop …')
  const built = await runCommand('electron-vite', ['build', desktop, '--config', join(desktop, 'electron.vite.config.ts')], {
    output: 'keep',
    cwd: root,
  })
  if (built.code !== 0) {
    console.error(`${built.output}\nThe desktop did not build.`)
    return built.code
  }
  const electron = findElectron() ?? (await fetchElectron())
  if (!electron) {
    console.error(`
The desktop is built in desktop/dist, but Electron's program could not be had, so it cannot be shown.
  - With a connection to github.com, run this again.
  - Or unpack a release of Electron yourself and name its folder in ELECTRON_OVERRIDE_DIST_PATH.
  - The same console runs in a browser: npm start, then the dispatcher's link it prints.`)
    return 1
  }
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    console.error("Electron's sandbox does not work for root; start the desktop as an ordinary user.")
    return 1
  }
  const { code } = await runCommand(electron, [desktop, ...process.argv.slice(2)], { output: 'show', cwd: root })
  return code
}

endChildrenWithMe()
process.exitCode = await startDesktop()
