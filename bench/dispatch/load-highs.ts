import highsLoader, { type Highs } from 'highs'

export type { Highs }

/** Loads the solver. The package's types describe its CommonJS form, whose default export is one step further in. */
export const loadHighs = highsLoader as unknown as () => Promise<Highs>
