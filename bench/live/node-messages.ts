/** What a node under test is told at its start. */
export interface NodeSettings {
  drivers: number
  /** So many of the first drivers carry an order that somebody follows. */
  customers: number
  databaseUrl: string
  redisUrl?: string
}

/** What a node says of itself; counted from one time to the next. */
export interface NodeStats {
  loopP99Ms: number
  rssBytes: number
  sockets: number
  slowPeakBytes: number
}

/** What the load is to be. */
export interface LoadSettings {
  wire: 'doorstep' | 'textbook'
  ports: number[]
  drivers: number
  consoles: number
  customers: number
}

/** A stretch of load. */
export interface LoadStage {
  rate: number
  seconds: number
  /** One console stops reading for this long. */
  slowReaderMs?: number
}

/** What came of it. */
export interface LoadResult {
  sent: number
  seconds: number
  consoleP50Ms: number
  consoleP99Ms: number
  consoleCount: number
  customerP50Ms: number
  customerP99Ms: number
  customerCount: number
  /** Drivers whose last position a console does not show when all is quiet. */
  lost: number
  slowRecoveryMs: number
}
