import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fail, ok, type Result } from '@doorstep/shared/domain'
import { valhallaConfig } from './valhalla-config.ts'

/** Folder of tiles inside a pack's Valhalla folder; the router reads the same. */
export const VALHALLA_TILES = 'tiles'

/** Why no tiles were built: the package has no binary for this machine, or the build ended badly (its last lines). */
export type TileBuildError = { kind: 'unsupported_platform'; platform: string } | { kind: 'build_failed'; message: string }

/** What a build of tiles took. */
export interface TileBuild {
  seconds: number
}

/**
 * Builds Valhalla's tiles from an `.osm.pbf` into `outDir/tiles` with the binary in the npm package (Linux, macOS on ARM).
 * What stood there before is deleted first, a stale `tiles.tar` too, and so is a half-made build when it fails.
 */
export async function buildValhallaTiles(
  pbfFile: string,
  outDir: string,
  onLine: (line: string) => void = () => {},
): Promise<Result<TileBuild, TileBuildError>> {
  const binary = buildTilesBinary()
  if (binary === null) return fail({ kind: 'unsupported_platform', platform: `${process.platform}-${process.arch}` })
  const startedMs = performance.now()
  const tiles = join(outDir, VALHALLA_TILES)
  await rm(tiles, { recursive: true, force: true })
  await rm(join(outDir, 'tiles.tar'), { force: true })
  await mkdir(tiles, { recursive: true })
  const configFile = join(outDir, 'build.json')
  await writeFile(configFile, JSON.stringify(valhallaConfig({ tileDir: VALHALLA_TILES, verbose: true })))
  try {
    const message = await runBuild(binary, [configFile, resolve(pbfFile)], outDir, onLine)
    if (message !== null || !hasTiles(outDir)) {
      await rm(tiles, { recursive: true, force: true })
      return fail({ kind: 'build_failed', message: message ?? 'no tile was written: the extract has no roads' })
    }
  } finally {
    await rm(configFile, { force: true })
    await rm(join(outDir, 'duplicateways.txt'), { force: true })
  }
  return ok({ seconds: (performance.now() - startedMs) / 1000 })
}

/** Whether a Valhalla folder holds tiles that a router can open. */
export function hasTiles(valhallaDir: string): boolean {
  return existsSync(join(valhallaDir, VALHALLA_TILES, '2'))
}

/** The configuration with which Valhalla routes over the tiles of a Valhalla folder. */
export const valhallaRouting = (valhallaDir: string): Record<string, unknown> =>
  valhallaConfig({ tileDir: resolve(valhallaDir, VALHALLA_TILES) })

function buildTilesBinary(): string | null {
  const packageDir = dirname(createRequire(import.meta.url).resolve('@valhallajs/valhallajs'))
  const binary = join(packageDir, process.platform, process.arch, 'valhalla_build_tiles')
  return existsSync(binary) ? binary : null
}

const LAST_LINES = 8

function runBuild(
  binary: string,
  [configFile, pbfFile]: [string, string],
  cwd: string,
  onLine: (line: string) => void,
): Promise<string | null> {
  return new Promise((done) => {
    const child = spawn(binary, ['-c', resolve(configFile), pbfFile], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const last: string[] = []
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        last.push(line)
        if (last.length > LAST_LINES) last.shift()
        onLine(line)
      })
    }
    child.on('error', (error) => done(error.message))
    child.on('close', (code, signal) =>
      done(code === 0 ? null : `valhalla_build_tiles ended with ${signal ?? `code ${code}`}: ${last.join(' | ')}`),
    )
  })
}
