import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { runCommand } from '../run-command.ts'
import type { Step } from './step.ts'

const minimumModules = 60
const folders = ['shared', 'server', 'desktop', 'bench', 'tests', 'scripts']

/** A small tree that breaks the rules on purpose: file, content, and the rule that has to notice. */
const offences: readonly (readonly [file: string, content: string, rule: string])[] = [
  ['shared/src/domain/index.ts', "import 'node:fs'\nexport const a = 1\n", 'domain-is-the-floor'],
  ['shared/src/contract/index.ts', "export * from '../client/index.ts'\n", 'contract'],
  ['shared/src/client/index.ts', 'export const b = 1\n', ''],
  ['server/src/planner/index.ts', "export * from '../orders/index.ts'\n", 'planner-is-pure'],
  ['server/src/fleet/index.ts', "import 'node:crypto'\nexport const c = 1\n", 'fleet-is-pure'],
  ['server/src/orders/index.ts', "export * from '../dispatch/index.ts'\n", 'orders'],
  ['server/src/orders/place-order.ts', 'export const d = 1\n', ''],
  ['server/src/dispatch/index.ts', "export * from '../orders/place-order.ts'\n", 'one-door-per-room'],
  ['server/src/helpers/index.ts', 'export const e = 1\n', ''],
  ['server/src/config.ts', 'export const f = 1\n', ''],
  ['server/src/app.ts', "export * from './helpers/index.ts'\nexport * from './orders/place-order.ts'\n", 'the-root-knocks-too'],
  ['server/src/platform/index.ts', "export * from '../config.ts'\n", 'nobody-imports-the-root'],
  ['server/src/bus/index.ts', "export * from '../../../bench/index.ts'\n", 'nothing-imports-bench-or-tests'],
  ['bench/index.ts', "export * from '../shared/src/domain/hidden.ts'\n", 'shared-by-its-doors'],
  ['shared/src/domain/hidden.ts', 'export const g = 1\n', ''],
  ['server/web/view.ts', "export * from '../src/orders/index.ts'\n", 'web-views-are-browser'],
  ['desktop/src/renderer/view.ts', "export * from '../main/index.ts'\n", 'renderer-is-browser'],
  ['desktop/src/main/index.ts', "export * from '../renderer/view.ts'\n", 'main'],
  ['desktop/src/preload/index.ts', "import './missing.ts'\n", 'no-unresolved'],
]
const alsoNoticed = ['every-room-is-known', 'no-cycles']

/** Imports between rooms, and the proof that the rules would notice: they are tried on a tree that breaks them. */
export const rooms: Step = {
  name: 'room imports',
  run: async () => {
    const { output, modules, broken } = await cruise(process.cwd(), folders)
    const problems = broken.map((line) => line)
    if (modules === 0) problems.push(output.trim().slice(0, 2000))
    if (modules < minimumModules) problems.push(`only ${modules} modules seen, at least ${minimumModules} expected`)
    problems.push(...(await findBluntRules()))
    return { ok: problems.length === 0, output: problems.join('\n'), note: `${modules} modules` }
  },
}

async function cruise(cwd: string, paths: readonly string[]): Promise<{ output: string; modules: number; broken: string[] }> {
  const args = ['--config', resolve('.dependency-cruiser.cjs'), '--output-type', 'json', ...paths]
  const { output } = await runCommand('depcruise', args, { output: 'keep', cwd })
  if (!output.startsWith('{')) return { output, modules: 0, broken: [] }
  const { summary } = JSON.parse(output) as CruiseResult
  const broken = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
  return { output, modules: summary.totalCruised, broken }
}

async function findBluntRules(): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'doorstep-rooms-'))
  try {
    for (const [file, content] of offences) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), content)
    }
    writeFileSync(join(root, 'package.json'), readFileSync('package.json'))
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'), 'junction')
    const { broken, output } = await cruise(root, ['shared', 'server', 'desktop', 'bench'])
    const expected = [...offences.map(([, , rule]) => rule), ...alsoNoticed].filter((rule) => rule !== '')
    const blunt = expected.filter((rule) => !broken.some((line) => line.startsWith(`${rule}: `)))
    if (broken.length === 0) return [`the rules were not tried: ${output.slice(0, 500)}`]
    return blunt.map((rule) => `the rule ${rule} does not notice a violation made for it`)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

interface CruiseResult {
  readonly summary: {
    readonly totalCruised: number
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string; readonly to: string }[]
  }
}
