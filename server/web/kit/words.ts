/** A catalogue of texts: strings, functions that fill in what differs, and groups of both. */
export interface Words {
  readonly [name: string]: string | ((...values: never[]) => string) | Words
}

/** What another language has to say to stand beside a catalogue: the same names, the same values to fill in. */
export type Translation<T extends Words> = {
  readonly [Name in keyof T]: T[Name] extends string ? string : T[Name] extends Words ? Translation<T[Name]> : T[Name]
}

/** Picks the first language of the reader's that there is a catalogue for, else the first catalogue. */
export function chooseLanguage<L extends string>(available: readonly [L, ...L[]], wanted: readonly string[]): L {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0]
    const found = available.find((one) => one === language)
    if (found) return found
  }
  return available[0]
}

/** Picks the form of a count by the language's rules and puts the number in. */
export function counter(language: string): (count: number, forms: { one: string; other: string }) => string {
  const rules = new Intl.PluralRules(language)
  const number = new Intl.NumberFormat(language)
  return (count, forms) => (rules.select(count) === 'one' ? forms.one : forms.other).replace('#', number.format(count))
}
