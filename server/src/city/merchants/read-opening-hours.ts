import type { LatLon } from '@doorstep/shared/domain'
import OpeningHours from 'opening_hours'

/** The catalogue's bound. */
const LONGEST = 300
/** Any fixed day does: hours that cannot be evaluated show it on the first question. */
const SOME_DAY = new Date(2026, 0, 5)

/** A tagged opening_hours value if it can be read and ever says open; null otherwise. */
export function readOpeningHours(value: string | undefined, { lat, lon }: LatLon, country: string): string | null {
  if (value === undefined || value.length > LONGEST) return null
  try {
    const place = { lat, lon, address: { country_code: country.toLowerCase(), state: '' } }
    const hours = new OpeningHours(value, place)
    return hours.getState(SOME_DAY) || hours.getNextChange(SOME_DAY) !== undefined ? value : null
  } catch (error) {
    // The library throws texts and plain errors for what it cannot read; that is a "no".
    if (typeof error === 'string' || error instanceof Error) return null
    throw error
  }
}
