// The door for tests of every room: a migrated database of their own, in a PostgreSQL that the test run starts once.
export { openTestCluster, type TestCluster } from './testing/test-cluster.ts'
export { createTestDatabase, type TestDatabase } from './testing/test-database.ts'
