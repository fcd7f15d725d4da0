import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WEB_DIST, WEB_VIEWS, type WebView } from '../server/web/views.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, WEB_DIST)
const STAMP = 'sources.sha256'

/** What every view is made from beside its own folder. */
const SHARED = ['shared/src/**/*.{ts,tsx,css}', 'server/web/*/*.{ts,tsx,css}', 'server/web/*.ts', 'package-lock.json']

function sourcesOf(view: WebView): string[] {
  const files = globSync([`${WEB_VIEWS[view]}/**/*.*`, ...SHARED], { cwd: root })
  const own = (file: string) =>
    file.startsWith(WEB_VIEWS[view]) || !Object.values(WEB_VIEWS).some((folder) => file.startsWith(`${folder}/`))
  return [...new Set(files.map((file) => file.replaceAll('\\', '/')))]
    .filter((file) => own(file) && !/\.test\.tsx?$|\.fixture\.ts$/.test(file))
    .sort()
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

function isBuilt(view: WebView, hash: string): boolean {
  const stamp = join(dist, view, STAMP)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
}

/** Builds beside the folder that is being served and puts it in its place at the end, so that nobody is served half a view. */
async function buildView(view: WebView, hash: string): Promise<void> {
  const [{ build }, { webViewConfig }] = await Promise.all([import('vite'), import('../server/web/vite.config.ts')])
  const fresh = join(dist, `.${view}-${process.pid}`)
  const old = join(dist, `.${view}-${process.pid}-old`)
  try {
    await build({ ...webViewConfig(view, fresh), logLevel: 'warn' })
    writeFileSync(join(fresh, STAMP), hash)
    if (existsSync(join(dist, view))) renameSync(join(dist, view), old)
    renameSync(fresh, join(dist, view))
  } finally {
    rmSync(fresh, { recursive: true, force: true })
    rmSync(old, { recursive: true, force: true })
  }
}

/** Builds the web views whose sources changed since they were built; with nothing to do it takes a fraction of a second. */
export async function buildWeb(say: (line: string) => void): Promise<void> {
  for (const view of Object.keys(WEB_VIEWS) as WebView[]) {
    if (!existsSync(join(root, WEB_VIEWS[view], 'index.html'))) continue
    const hash = hashOf(sourcesOf(view))
    if (isBuilt(view, hash)) continue
    const startedMs = performance.now()
    await buildView(view, hash)
    say(`web view ${view} built in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`)
  }
}

if (import.meta.main) await buildWeb((line) => console.log(line))
