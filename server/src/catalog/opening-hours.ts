import OpeningHours from 'opening_hours'
import { toUtcMs, toZoneDate } from './zone-time.ts'

/** What holds where no hours are known: most kitchens and shops that deliver are open then. */
export const USUAL_HOURS = '08:00-23:00'
/** After this without a change, hours count as never changing. */
const LOOK_AHEAD_MS = 14 * 24 * 3600 * 1000
const REMEMBERED = 20_000

/** Whether something is open at a moment, and for how long that holds. */
export interface OpenState {
  isOpen: boolean
  /** When it next opens or closes, exclusive; undefined where that is not in sight. */
  changesAtMs: number | undefined
}

/**
 * Public and school holidays differ by country and are not known here: their rules are left out and the day counts as
 * the weekday it is.
 */
function withoutHolidays(value: string): string {
  return value
    .split(';')
    .map((rule) => rule.replaceAll(/\s*,\s*(PH|SH)\b/g, '').replaceAll(/\b(PH|SH)\s*,\s*/g, ''))
    .filter((rule) => !/^\s*(PH|SH)\b/.test(rule))
    .join(';')
}

function parse(value: string): OpeningHours | undefined {
  for (const candidate of [value, withoutHolidays(value)]) {
    try {
      const hours = new OpeningHours(candidate)
      hours.getState(new Date(2026, 0, 5)) // some mistakes show only when it is asked
      return hours
    } catch (error) {
      // The library throws strings for what it cannot read; anything else is a fault of ours.
      if (typeof error !== 'string' && !(error instanceof Error)) throw error
    }
  }
  return undefined
}

/** Whether a text is OpenStreetMap opening hours that can be evaluated here. */
export const isOpeningHours = (value: string): boolean => parse(value) !== undefined

interface Known extends OpenState {
  fromMs: number
}

/** Evaluates opening hours in a zone's time. What was evaluated holds until the next change, so asking is cheap. */
export interface OpeningTimes {
  /** `value` as tagged in OpenStreetMap; null or unreadable means the usual hours. */
  stateAt(value: string | null, timeZone: string, nowMs: number): OpenState
}

/** Makes an evaluator with a memory of its own. */
export function createOpeningTimes(): OpeningTimes {
  const parsed = new Map<string, OpeningHours>()
  const known = new Map<string, Known>()
  const usual = parse(USUAL_HOURS)!
  const hoursOf = (value: string) => {
    let hours = parsed.get(value)
    if (!hours) {
      hours = parse(value) ?? usual
      if (parsed.size >= REMEMBERED) parsed.clear()
      parsed.set(value, hours)
    }
    return hours
  }
  return {
    stateAt(value, timeZone, nowMs) {
      const key = `${timeZone} ${value ?? ''}`
      const before = known.get(key)
      if (before && before.fromMs <= nowMs && nowMs < (before.changesAtMs ?? before.fromMs + LOOK_AHEAD_MS)) return before
      const hours = value === null ? usual : hoursOf(value)
      const local = toZoneDate(nowMs, timeZone)
      const change = hours.getNextChange(local, new Date(local.getTime() + LOOK_AHEAD_MS))
      const state = { isOpen: hours.getState(local), changesAtMs: change && toUtcMs(change, timeZone, nowMs), fromMs: nowMs }
      if (known.size >= REMEMBERED) known.clear()
      known.set(key, state)
      return state
    },
  }
}
