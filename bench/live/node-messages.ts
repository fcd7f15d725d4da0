/** What a node under test is told at its start. */
export interface NodeSettings {
  drivers: number
  /** So many of the first drivers carry an order that somebody may follow. */
  customers: number
  databaseUrl: string
  redisUrl?: string
}

/** What a node can be asked while it runs. */
export type NodeCommand = { do: 'stats' } | { do: 'memory' } | { do: 'append'; orders: number; version: number }

/** What a node says of itself; counted from one time to the next. */
export interface NodeStats {
  loopP99Ms: number
  loopMaxMs: number
  sockets: number
  slowPeakBytes: number
}

/** Memory of a node after its garbage was collected. */
export interface NodeMemory {
  rssBytes: number
  heapBytes: number
  sockets: number
}

/** How the load speaks, and to whom. */
export interface LoadSettings {
  wire: 'doorstep' | 'textbook'
  ports: number[]
  /** Drivers of this process are those from here on; further ones belong to others. */
  firstDriver: number
}

/** Numbers of people, from and up to but without. */
export type Range = readonly [from: number, to: number]

/** Who is to connect. */
export interface Crowd {
  drivers?: Range
  consoles?: Range
  customers?: Range
  /** Signed in, following one order, and silent. */
  idle?: Range
  /** A console that can be made to stop reading. */
  slow?: boolean
}

/** A stretch of load. */
export interface LoadStage {
  rate: number
  seconds: number
  /** The slow console stops reading for this long. */
  slowReaderMs?: number
}

/** What a load can be told to do. */
export type LoadCommand =
  | { do: 'open'; crowd: Crowd }
  | { do: 'close'; crowd: Omit<Crowd, 'slow'> }
  | { do: 'run'; stage: LoadStage }
  | { do: 'drop' }
  | { do: 'return'; version: number }

/** How long it took until all were in. */
export interface Opened {
  openedMs: number
}

/** What came of a stretch of load. */
export interface LoadResult {
  sent: number
  seconds: number
  consoleP50Ms: number
  consoleP99Ms: number
  consoleCount: number
  customerP50Ms: number
  customerP99Ms: number
  customerCount: number
  /** Drivers whose last position a console does not show when all is quiet, counted for each console that is looked at. */
  lost: number
  slowRecoveryMs: number
}

/** How it went when everybody dropped out and came back. */
export interface StormResult {
  sockets: number
  /** Until the last one was connected, signed in, and had what it missed. */
  recoveredMs: number
  p50Ms: number
  /** Connects that failed and were tried again. */
  retries: number
  /** Clients that did not get what they missed, or not in order. */
  lost: number
}
