/** Minutes a step of preparation time has. */
export const PREP_STEP = 5

/** Six preparation times in steps of five minutes around the usual one, which is among them. */
export function prepChoices(usualMinutes: number): { choices: number[]; usual: number } {
  const usual = Math.max(PREP_STEP, Math.round(usualMinutes / PREP_STEP) * PREP_STEP)
  const first = Math.max(PREP_STEP, usual - PREP_STEP)
  return { choices: Array.from({ length: 6 }, (_, index) => first + index * PREP_STEP), usual }
}
