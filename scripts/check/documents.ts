import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isTest, type ProjectFile, placeOf, readProjectFiles } from './project-files.ts'
import { resultOf, type Step } from './step.ts'

/** Documentation is held to what it speaks of: links resolve, rules have tests, settings and error codes have entries. */
export const documents: Step = {
  name: 'documents',
  run: async () => {
    const files = await readProjectFiles()
    const note = `${files.filter(isMarkdown).length} pages, ${findRules(files).length} rules`
    return resultOf(findDocumentProblems(files), note)
  },
}

/** A line per breach, with its place. */
export function findDocumentProblems(files: readonly ProjectFile[]): string[] {
  const rules = findRules(files)
  return [
    ...findDeadLinks(files),
    ...findDoubleRules(rules),
    ...findUntestedRules(files, rules),
    ...findUndocumentedSettings(files),
    ...findUndocumentedErrors(files),
  ]
}

function isMarkdown(file: ProjectFile): boolean {
  return file.path.endsWith('.md')
}

function findDeadLinks(files: readonly ProjectFile[]): string[] {
  return files.filter(isMarkdown).flatMap((file) => {
    const prose = file.text.replace(/```[\s\S]*?```/g, (block) => block.replace(/[^\n]/g, ' '))
    return [...prose.matchAll(/!?\[[^\]]*\]\(<?([^)\s>]+)>?[^)]*\)|(?:src|href)="([^"]+)"/g)].flatMap((match) => {
      const [target = ''] = (match[1] ?? match[2] ?? '').split('#')
      if (target === '' || /^[a-z][a-z0-9+.-]*:/i.test(target)) return []
      const place = join(dirname(file.path), decodeURI(target))
      return existsSync(place) ? [] : [`${placeOf(file, match.index)} links to ${target}, which is not there`]
    })
  })
}

interface Rule {
  readonly id: string
  readonly place: string
}

function findRules(files: readonly ProjectFile[]): Rule[] {
  return files
    .filter((file) => /^docs\/spec\/.*\.md$/.test(file.path) && !file.path.endsWith('/README.md'))
    .flatMap((file) =>
      [...file.text.matchAll(/^\s*(?:[-*]\s+)?(?:\*\*)?\[([A-Z]{2,4}\d+)\]/gm)].map((match) => ({
        id: match[1] ?? '',
        place: placeOf(file, match.index + match[0].length),
      })),
    )
}

function findDoubleRules(rules: readonly Rule[]): string[] {
  return rules.flatMap((rule, index) => {
    const first = rules.findIndex(({ id }) => id === rule.id)
    return first < index ? [`${rule.place} uses the number [${rule.id}] of ${rules[first]?.place} again`] : []
  })
}

function findUntestedRules(files: readonly ProjectFile[], rules: readonly Rule[]): string[] {
  const tests = files.filter((file) => isTest(file.path) && !file.path.endsWith('.md'))
  const quoted = new Set(tests.flatMap((file) => file.text.match(/\[[A-Z]{2,4}\d+\]/g) ?? []))
  return rules.filter(({ id }) => !quoted.has(`[${id}]`)).map(({ id, place }) => `${place} [${id}] is quoted by no test`)
}

function findUndocumentedSettings(files: readonly ProjectFile[]): string[] {
  const config = files.find(({ path }) => path === 'server/src/config.ts')
  if (!config) return []
  const names = new Set(config.text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|(?<=env(?:\.|\[')|^\s+)[A-Z]{3,}(?=\b)/gm))
  return findMissingWords('docs/operations.md', files, names, `is read by ${config.path}`)
}

function findUndocumentedErrors(files: readonly ProjectFile[]): string[] {
  const errors = files.find(({ path }) => path === 'shared/src/contract/errors.ts')
  if (!errors) return []
  const codes = [...errors.text.matchAll(/^\s+'?([a-z][a-z0-9_.-]*)'?: (?:\{|[a-z]\w*\()/gm)].map((match) => match[1] ?? '')
  return findMissingWords('docs/errors.md', files, new Set(codes), `is a code of ${errors.path}`)
}

function findMissingWords(page: string, files: readonly ProjectFile[], words: ReadonlySet<string>, why: string): string[] {
  const text = files.find(({ path }) => path === page)?.text
  if (text === undefined) return words.size > 0 ? [`${page} is missing; ${words.size} entries belong there`] : []
  const there = new Set(text.match(/[A-Za-z][\w.-]*\w/g))
  return [...words].filter((word) => !there.has(word)).map((word) => `${word} ${why} and has no entry in ${page}`)
}
