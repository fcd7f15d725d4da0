import type { Menu } from '@doorstep/shared/contract'

const fold = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()

/** The sections of a menu with the items whose name holds the text, accents and case aside; empty sections are left out. */
export function findItems(menu: Menu, text: string, onlyOut: boolean): Menu['sections'] {
  const wanted = fold(text.trim())
  return menu.sections
    .map((section) => ({
      ...section,
      items: section.items.filter((item) => fold(item.name).includes(wanted) && (!onlyOut || !item.isAvailable)),
    }))
    .filter((section) => section.items.length > 0)
}
