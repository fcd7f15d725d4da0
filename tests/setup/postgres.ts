import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openTestCluster } from '../../server/src/platform/testing/test-cluster.ts'

/** Called by vitest before the first test and after the last: the run's own PostgreSQL. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await openTestCluster(join(import.meta.dirname, '../../migrations'))
  project.provide('postgresDoor', cluster.door)
  return () => cluster.stop()
}
