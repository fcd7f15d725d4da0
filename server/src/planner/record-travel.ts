import { rememberTravel, type TravelColumns, travelFromColumns } from './travel-table.ts'
import type { Snapshot } from './types.ts'

/** A snapshot as plain data: all it held, and of the travel times exactly those that were read. Fit for a structured clone. */
export interface StoredSnapshot extends Omit<Snapshot, 'travelS' | 'km'> {
  travel: TravelColumns
}

/** A snapshot whose reads are noted, and what was noted so far. */
export interface TravelRecording {
  snapshot: Snapshot
  record(): StoredSnapshot
}

/**
 * Notes every travel time that is read from the snapshot it answers, bit for bit. Each is asked of the original once, so
 * planning gets faster by it where reading costs more than some nanoseconds. Distances must be those between the places,
 * which need no recording: throws for a snapshot with a `km` of its own.
 */
export function recordTravel(snapshot: Snapshot): TravelRecording {
  if (snapshot.km) throw new Error('a snapshot with distances of its own cannot be recorded')
  const { travelS, ...plain } = snapshot
  const table = rememberTravel(snapshot.places.length, travelS)
  return {
    snapshot: { ...plain, travelS: table.travelS },
    record: () => ({ ...plain, travel: table.columns() }),
  }
}

/** The snapshot that was stored, able to answer what was read then; any other read throws. */
export function openSnapshot({ travel, ...plain }: StoredSnapshot): Snapshot {
  return { ...plain, travelS: travelFromColumns(plain.places.length, travel) }
}
