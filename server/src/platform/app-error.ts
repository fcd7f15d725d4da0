import { ERROR_CODES, type ErrorCode, type ProblemExtras } from '@doorstep/shared/contract'

/**
 * What a boundary throws for an expected refusal: a code of the contract, a sentence for the caller, and what only
 * the log may see as `cause`. The HTTP error handler and the live connection are its only translators.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  /** A sentence for the caller; without one the code's title says it all. */
  readonly publicMessage: string | undefined
  readonly extras: ProblemExtras

  constructor(code: ErrorCode, publicMessage?: string, options: { extras?: ProblemExtras; cause?: unknown } = {}) {
    super(publicMessage ?? ERROR_CODES[code].title, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.publicMessage = publicMessage
    this.extras = options.extras ?? {}
  }
}
