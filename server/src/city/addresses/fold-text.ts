/** Letters that do not come apart into a base letter and a mark. */
const APART: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }

/** Words of streets that people shorten in ways that are no prefix of the word. */
const LONG_FORMS: Record<string, string> = {
  blvd: 'boulevard',
  bd: 'boulevard',
  rd: 'road',
  dr: 'drive',
  ln: 'lane',
  ct: 'court',
  hwy: 'highway',
  pkwy: 'parkway',
  sq: 'square',
  pl: 'place',
  pza: 'plaza',
  strasse: 'str',
}

/** Text as it is compared: lower case, without marks, split into words. */
export function foldedWords(text: string): string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => APART[letter]!)
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => LONG_FORMS[word] ?? word)
}
