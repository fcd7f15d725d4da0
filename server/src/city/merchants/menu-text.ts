/** A dish or product as the menu books hold it: its price in euros before it is fitted to a place. */
export interface BookItem {
  name: string
  description: string | null
  euros: number
}
/** A section of a menu book, and how many of its items one merchant has. */
export interface BookSection {
  name: string
  atLeast: number
  atMost: number
  items: BookItem[]
}

/**
 * Reads a menu book: a line `# Section 4-6` opens a section of which a merchant has four to six items, each further
 * line is `Name | description | euros`, the description left out where the name says it all.
 */
export function menuBook(text: string): BookSection[] {
  const sections: BookSection[] = []
  for (const line of text.split('\n').map((l) => l.trim())) {
    const heading = /^# (.+) (\d+)-(\d+)$/.exec(line)
    if (heading) {
      const [, name, atLeast, atMost] = heading
      sections.push({ name: name!, atLeast: Number(atLeast), atMost: Number(atMost), items: [] })
    } else if (line !== '') {
      const [name, ...rest] = line.split('|').map((part) => part.trim())
      sections.at(-1)!.items.push({ name: name!, description: rest.length > 1 ? rest[0]! : null, euros: Number(rest.at(-1)) })
    }
  }
  return sections
}
