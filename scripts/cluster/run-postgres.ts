import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../server/src/platform/index.ts'

/** The cluster's PostgreSQL, which keeps its port from start to start. */
export type RunningPostgres = Pick<EmbeddedPostgres, 'url' | 'pid' | 'isRunning' | 'restart' | 'stop'>

/** Starts the embedded PostgreSQL of a folder. */
export function runPostgres(folder: string): Promise<RunningPostgres> {
  return startEmbeddedPostgres({ folder })
}
