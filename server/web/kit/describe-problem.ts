import type { ApiProblem } from '@doorstep/shared/client'
import { kitWords } from './kit-words.ts'

/** A failed call in words for the person in front of it: by the code, never by the server's own text. */
export function describeProblem(error: ApiProblem): string {
  if (error.kind === 'refused') return kitWords.problems[error.problem.code] ?? kitWords.problems.internal
  return kitWords.unreachable
}

/** Whether a failed call was refused with this code. */
export const hasCode = (error: ApiProblem | undefined, ...codes: string[]): boolean =>
  error?.kind === 'refused' && codes.includes(error.problem.code)
