import { distanceM, type LatLon } from '@doorstep/shared/domain'
import Flatbush from 'flatbush'
import { METRES_PER_DEGREE, metresPerLon } from '../geometry/plane.ts'
import type { Address } from './address.ts'
import { foldedWords } from './fold-text.ts'

interface Street {
  /** Folded words of the street, and of the towns and postcodes it has. */
  words: string[]
  around: Set<string>
  addresses: Address[]
}

/** A city's addresses ready to be searched: by street for what is typed, in a tree for what is pointed at. */
export interface AddressIndex {
  addresses: readonly Address[]
  streets: Street[]
  tree: Flatbush | null
  /** Shrinks degrees of longitude to those of latitude. */
  lonScale: number
}

/** Builds the index, some 100 ms for 100,000 addresses. */
export function indexAddresses(addresses: readonly Address[]): AddressIndex {
  const streets = new Map<string, Street>()
  for (const address of addresses) {
    const street = streets.get(address.street) ?? { words: foldedWords(address.street), around: new Set(), addresses: [] }
    for (const word of foldedWords(`${address.city} ${address.postcode}`)) street.around.add(word)
    street.addresses.push(address)
    streets.set(address.street, street)
  }
  const lonScale = metresPerLon(addresses[0]?.lat ?? 0) / METRES_PER_DEGREE
  const tree = addresses.length === 0 ? null : new Flatbush(addresses.length)
  for (const { lat, lon } of addresses) tree?.add(lon * lonScale, lat, lon * lonScale, lat)
  tree?.finish()
  return { addresses, streets: [...streets.values()], tree, lonScale }
}

/**
 * Addresses for what was typed so far, best first: every word must begin a word of the street, its town or postcode, or
 * the house number. Where several fit equally well the nearer comes first, and streets take turns.
 */
export function searchAddresses(index: AddressIndex, text: string, near: LatLon, limit: number): Address[] {
  const words = foldedWords(text)
  if (words.length === 0) return []
  const hits = index.streets.flatMap((street) => hitsIn(street, words, near))
  hits.sort((a, b) => a.rank - b.rank || a.distanceM - b.distanceM)
  return hits.slice(0, limit).map(({ address }) => address)
}

/** The address next to a place; undefined where the city has none. */
export function nearestAddress({ tree, lonScale, addresses }: AddressIndex, { lat, lon }: LatLon): Address | undefined {
  const [nearest] = tree?.neighbors(lon * lonScale, lat, 1) ?? []
  return nearest === undefined ? undefined : addresses[nearest]
}

interface Hit {
  address: Address
  rank: number
  distanceM: number
}

/** Without a number each street offers its nearest door first; its other doors come after every other street. */
const NEXT_DOOR_RANK = 10
const DOORS_OFFERED = 5
const LACKING_RANK = 20

function hitsIn(street: Street, words: readonly string[], near: LatLon): Hit[] {
  const fit = wordsFit(street, words)
  if (fit === null) return []
  const [number] = fit.left
  const matching = street.addresses.filter((address) => number === undefined || beginsNumber(address, number))
  // A number the street lacks still means the street.
  const offered = matching.length > 0 ? matching : street.addresses
  const lacking = matching.length > 0 ? 0 : LACKING_RANK
  const nearest = offered.map((address) => ({ address, distanceM: distanceM(address, near) }))
  nearest.sort((a, b) => a.distanceM - b.distanceM)
  return nearest.slice(0, DOORS_OFFERED).map((hit, turn) => {
    const isExact = number !== undefined && foldedWords(hit.address.number).join('') === number
    return { ...hit, rank: fit.rank + lacking + (isExact ? 0 : 1) + (turn === 0 || isExact ? 0 : NEXT_DOOR_RANK) }
  })
}

const beginsNumber = (address: Address, number: string) => foldedWords(address.number).join('').startsWith(number)

/** Which words the street does not explain: at most one, a house number. Null where the words mean another street. */
function wordsFit({ words: own, around }: Street, words: readonly string[]): { left: string[]; rank: number } | null {
  const left: string[] = []
  let ofStreet = 0
  let whole = 0
  for (const word of words) {
    const found = own.find((w) => w.startsWith(word))
    if (found !== undefined) {
      ofStreet++
      if (found === word) whole++
    } else if (![...around].some((w) => w.startsWith(word))) left.push(word)
  }
  if (ofStreet === 0 || left.length > 1 || (left[0] !== undefined && !/^\d/.test(left[0]))) return null
  return { left, rank: whole === ofStreet ? 0 : 2 }
}
