import { availableParallelism, cpus, totalmem } from 'node:os'

/** One figure of a bench. */
export interface Figure {
  name: string
  unit: string
  value: number
  /** The textbook design on the same work in the same run. */
  textbook: number | null
  ratio: number | null
  goal: string | null
  ok: boolean
}

/** What a figure is held to: a bound on itself, or on its ratio to the textbook. */
export interface Goal {
  atMost?: number
  atLeast?: number
  ratioAtLeast?: number
}

/** Makes a figure; the ratio says how many times better than the textbook it is. */
export function figure(
  name: string,
  unit: string,
  value: number,
  options: { textbook?: number | null; goal?: Goal; lessIsBetter?: boolean } = {},
): Figure {
  const { textbook = null, goal = {}, lessIsBetter = false } = options
  const ratio = textbook === null ? null : lessIsBetter ? textbook / value : value / textbook
  const misses = [
    goal.atMost !== undefined && value > goal.atMost,
    goal.atLeast !== undefined && value < goal.atLeast,
    goal.ratioAtLeast !== undefined && (ratio ?? 0) < goal.ratioAtLeast,
    !Number.isFinite(value),
  ]
  const words = [
    goal.atMost !== undefined && `≤ ${goal.atMost}`,
    goal.atLeast !== undefined && `≥ ${goal.atLeast}`,
    goal.ratioAtLeast !== undefined && `≥ ${goal.ratioAtLeast} × textbook`,
  ].filter((word) => word !== false)
  const ok = !misses.includes(true)
  return { name, unit, value, textbook, ratio, goal: words.length ? words.join(', ') : null, ok }
}

const rounded = (n: number) => (Math.abs(n) >= 100 ? Math.round(n) : Number(n.toPrecision(3)))

/** Prints figures for people on standard error and, if asked, as one JSON object on standard output. */
export function report(bench: string, results: readonly Figure[], options: { json: boolean; details?: unknown }): void {
  for (const { name, unit, value, textbook, ratio, goal, ok } of results) {
    const beside = textbook === null ? '' : `  textbook ${rounded(textbook)}, ${rounded(ratio ?? 0)} ×`
    console.error(
      `${ok ? 'ok  ' : 'MISS'} ${name.padEnd(28)} ${String(rounded(value)).padStart(10)} ${unit}${beside}${goal ? `  (goal ${goal})` : ''}`,
    )
  }
  if (!options.json) return
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: availableParallelism(),
    memoryMb: Math.round(totalmem() / 2 ** 20),
    node: process.version,
  }
  console.log(JSON.stringify({ bench, machine, results, details: options.details ?? null }))
}
