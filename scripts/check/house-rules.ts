import { isCode, isTest, type ProjectFile, placeOf, readProjectFiles } from './project-files.ts'
import { resultOf, type Step } from './step.ts'

interface HouseRule {
  readonly what: string
  readonly found: RegExp
  readonly applies: (path: string) => boolean
}

const maxLines = 400
const pureRoom = /^(shared\/src\/domain|server\/src\/(planner|fleet))\//
const forbiddenNames = /(^|[/-])(utils?|helpers?|managers?|services?|common|base|misc)(?=[/.-])/
const lockfile = 'package-lock.json'
/** Assembled, so that this file does not contain what it looks for. */
const unfinished = new RegExp(`\\b(${['TO', 'FIX'].map((start) => start + (start === 'TO' ? 'DO' : 'ME')).join('|')})\\b`)

const rules: readonly HouseRule[] = [
  { what: 'unfinished work', found: unfinished, applies: (path) => path !== lockfile },
  {
    what: 'a path of one machine',
    found: /(?<![\w.])\/(home|Users|root|work)\/[a-z]\w*|\b[A-Z]:\\Users\\/,
    applies: (path) => path !== lockfile && !isTest(path) && path !== 'scripts/check/house-rules.ts',
  },
  {
    what: 'a registry address',
    found: /\bregistry\.(npmjs\.org|npmmirror\.com|yarnpkg\.com)|"resolved": "http|^\s*(@[\w-]+:)?registry\s*=/m,
    applies: (path) => path !== 'scripts/check/house-rules.ts',
  },
  {
    what: 'the clock of the machine in a pure room (take nowMs)',
    found: /\bnew Date\(\s*\)|\bDate\(\)/,
    applies: (path) => pureRoom.test(path) && !isTest(path),
  },
  {
    what: 'the environment outside config.ts',
    found: /\bprocess\.env\b/,
    applies: (path) => /^(server|shared)\/src\//.test(path) && path !== 'server/src/config.ts' && !isTest(path),
  },
  {
    what: 'SQL outside a *-sql.ts file',
    found: /\bsql(<[^`]*>)?`\s*(select|insert|update|delete|with|create)\b/i,
    applies: (path) =>
      /^server\/src\//.test(path) && !path.startsWith('server/src/platform/') && !/-sql\.ts$/.test(path) && !isTest(path),
  },
]

/** Small rules of the house that no ready tool holds. */
export const houseRules: Step = {
  name: 'house rules',
  run: async () => {
    const files = await readProjectFiles()
    return resultOf(findHouseProblems(files), `${files.length} files`)
  },
}

/** A line per breach, with its place. */
export function findHouseProblems(files: readonly ProjectFile[]): string[] {
  return [
    ...files.flatMap(breaches),
    ...files.filter((file) => isCode(file.path)).flatMap(findLongFile),
    ...files.filter(({ path }) => hasForbiddenName(path)).map(({ path }) => `${path} is named by a word that says nothing`),
    ...files.filter(({ path }) => /(^|\/)package\.json$/.test(path)).flatMap(findLooseVersions),
  ]
}

function breaches(file: ProjectFile): string[] {
  return rules.flatMap(({ what, found, applies }) => {
    const match = applies(file.path) ? found.exec(withoutComments(file)) : null
    return match ? [`${placeOf(file, match.index)} has ${what}: ${match[0].trim().slice(0, 60)}`] : []
  })
}

/** Comments of code in pure rooms may speak of the clock; everything else is searched as it stands. */
function withoutComments(file: ProjectFile): string {
  if (!pureRoom.test(file.path)) return file.text
  return file.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (comment) => comment.replace(/[^\n]/g, ' '))
}

function findLongFile(file: ProjectFile): string[] {
  const lines = file.text.trimEnd().split('\n').length
  return lines > maxLines ? [`${file.path} has ${lines} lines, more than ${maxLines}`] : []
}

function hasForbiddenName(path: string): boolean {
  return isCode(path) && !path.startsWith('bench/textbook/') && forbiddenNames.test(path)
}

function findLooseVersions({ path, text }: ProjectFile): string[] {
  const manifest = JSON.parse(text) as Record<string, Record<string, string> | undefined>
  return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries(manifest[kind] ?? {})
      .filter(([, version]) => !/^(npm:(@[\w-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${path}: ${name} ${version} is not an exact version`),
  )
}
