/** Lines an order may have. */
export const ORDER_LINES = { min: 1, max: 50 } as const
/** Pieces of one item in a line. */
export const LINE_QUANTITY = { min: 1, max: 20 } as const
/** Characters of a note or instruction. */
export const INSTRUCTIONS_MAX_CHARS = 500
/** Largest tip, in minor units: a typo of two zeros is refused. */
export const TIP_MAX_MINOR = 20_000
/** Minutes a kitchen may announce when it accepts or delays. */
export const PREP_MINUTES = { min: 1, max: 120 } as const
