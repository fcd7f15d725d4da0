/** What happened, as the rooms tell each other: written to the database first, then put on the bus. */
export interface BusEvent {
  /** The same event under the same id is delivered once, however often it is appended. */
  id: string
  /** In the past tense: `order.placed`, `driver.shift_started`. */
  type: string
  /** When it happened, in the server's clock. */
  atMs: number
  /** Whom it concerns: what topics and followers are found by. */
  subjects: EventSubjects
  /** Everything else about it, as JSON. */
  data: Record<string, unknown>
}

/** The ids that an event is found by. */
export interface EventSubjects {
  orderId?: string
  merchantId?: string
  customerId?: string
  driverId?: string
  /** With a reassignment: who had it before. */
  previousDriverId?: string
}

/** An event with its place in the zone's log. Sequences grow along the log but are not dense. */
export interface LoggedEvent extends BusEvent {
  sequence: number
}

/** A stretch of the log; not `complete` when part of it is gone, too long, or from another life of the log. */
export interface LogPage {
  events: LoggedEvent[]
  complete: boolean
}

/** Channels for what may be lost because the next one replaces it: packed positions, and who is looking. */
export type Signal = 'positions' | 'presence'

/** Takes the events of a zone's log, in order. */
export interface LogFollower {
  onEvent(event: LoggedEvent): void
  /** Events may have been lost (the log was, or this node was away too long): what was folded must be read anew. */
  onGap?(): void
}

/**
 * How rooms and nodes talk, per zone: a log that loses nothing and is read again from any sequence still kept,
 * and signals, at most once, latest wins. In memory for one process, over Redis for many.
 */
export interface Bus {
  /** Appends events in this order; rejects when the log cannot be reached, and is then safe to repeat. */
  append(zoneId: string, events: readonly BusEvent[]): Promise<void>
  /** Follows the log from now on; the answer ends it. */
  follow(zoneId: string, follower: LogFollower): Promise<() => void>
  /** What came after a sequence. */
  read(zoneId: string, afterSequence: number): Promise<LogPage>
  /** The sequence of the newest event; what is appended later has a greater one. */
  position(zoneId: string): Promise<number>
  /** Sends bytes to everyone who listens now, this node included. The bytes may be used again afterwards. */
  send(zoneId: string, signal: Signal, bytes: Uint8Array): void
  /** Listens to a signal; the bytes are only lent for the call. The answer ends it. */
  listen(zoneId: string, signal: Signal, onBytes: (bytes: Uint8Array) => void): Promise<() => void>
  /** Whether events and signals reach the other nodes at this moment; always for a bus in memory. */
  isConnected(): boolean
  close(): Promise<void>
}

/** What both implementations can be told. */
export interface BusOptions {
  /** Events kept per zone for those who resume, 20,000 unless said. */
  keptEvents?: number
  /** A listener that threw, or trouble on the way; never fatal. */
  onError(error: unknown): void
}

/** Events kept per zone unless said otherwise: at 100 changes a second, three minutes for a client to come back. */
export const KEPT_EVENTS = 20_000
