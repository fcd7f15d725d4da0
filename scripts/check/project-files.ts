import { existsSync, readFileSync } from 'node:fs'
import { runCommand } from '../run-command.ts'

/** A text file of the project, its path relative to the root with forward slashes. */
export interface ProjectFile {
  readonly path: string
  readonly text: string
}

const binary = /\.(png|jpe?g|webp|ico|icns|gif|woff2?|ttf|pbf|pmtiles|wav|mp3|ogg|mp4|zip|gz|br|csv)$/

/** Every text file that git knows or would take, so that a new file is held to the rules before its first commit. */
export async function readProjectFiles(): Promise<readonly ProjectFile[]> {
  const { code, output } = await runCommand(
    'git',
    ['-c', 'safe.directory=*', 'ls-files', '--cached', '--others', '--exclude-standard'],
    {
      output: 'keep',
    },
  )
  if (code !== 0) throw new Error(`git could not list the files: ${output}`)
  const paths = [...new Set(output.split('\n'))].filter((path) => path !== '' && !binary.test(path) && existsSync(path))
  if (paths.length < 20) throw new Error(`only ${paths.length} files found; a check that reads no files proves nothing`)
  return paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

/** TypeScript of the project, tests included, configuration of tools left out. */
export function isCode(path: string): boolean {
  return /\.(ts|tsx|mts|mjs|cjs)$/.test(path)
}

/** A test, a contract suite, what stands ready for tests alone, or anything under tests/. */
export function isTest(path: string): boolean {
  return /(\.(test|contract)\.tsx?$|\/testing\/|^tests\/)/.test(path)
}

/** `path:line` for a position in a file. */
export function placeOf(file: ProjectFile, index: number): string {
  return `${file.path}:${file.text.slice(0, index).split('\n').length}`
}
