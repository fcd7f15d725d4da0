import type { Address } from './address.ts'

/** The stored form: texts that repeat are kept once, places in 1e-6 degrees. */
interface StoredAddresses {
  texts: string[]
  /** Street, number, city, postcode (indexes in texts), latitude, longitude, 1 if approximate; seven numbers a door. */
  doors: number[]
}

const SCALE = 1e6
const NUMBERS_A_DOOR = 7

/** Addresses as compact JSON, about 30 bytes each. */
export function encodeAddresses(addresses: readonly Address[]): string {
  const index = new Map<string, number>()
  const at = (text: string) => {
    const known = index.get(text) ?? index.size
    index.set(text, known)
    return known
  }
  const doors = addresses.flatMap(({ street, number, city, postcode, lat, lon, approximate }) => [
    ...[street, number, city, postcode].map(at),
    Math.round(lat * SCALE),
    Math.round(lon * SCALE),
    approximate ? 1 : 0,
  ])
  return JSON.stringify({ texts: [...index.keys()], doors } satisfies StoredAddresses)
}

/** Reads what `encodeAddresses` wrote. */
export function decodeAddresses(json: string): Address[] {
  const { texts, doors } = JSON.parse(json) as StoredAddresses
  const text = (at: number) => texts[doors[at]!]!
  return Array.from({ length: doors.length / NUMBERS_A_DOOR }, (_, door) => {
    const at = door * NUMBERS_A_DOOR
    const [street, number, city, postcode] = [text(at), text(at + 1), text(at + 2), text(at + 3)]
    const approximate = doors[at + 6] === 1
    return { lat: doors[at + 4]! / SCALE, lon: doors[at + 5]! / SCALE, street, number, city, postcode, approximate }
  })
}
