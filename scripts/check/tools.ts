import { runTool, type Step } from './step.ts'

/** Biome formats and sorts imports; `npm run format` mends what this finds. */
export const format: Step = {
  name: 'format',
  run: async () => {
    const result = await runTool('biome', ['check', '--max-diagnostics=30', '--no-errors-on-unmatched', '.'])
    return { ...result, output: `${result.output.trim()}\nnpm run format mends this.` }
  },
}

/** oxlint with types; its rules stand in .oxlintrc.json. */
export const lint: Step = { name: 'lint with types', run: () => runTool('oxlint', ['--type-aware', '--deny-warnings', '.']) }

/** knip finds files, exports and packages that nobody uses; its entries stand in knip.json. */
export const deadCode: Step = { name: 'dead code', run: () => runTool('knip', ['--no-progress', '--no-config-hints']) }
