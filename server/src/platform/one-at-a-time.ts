import { giveLock, takeLock } from './advisory-lock-sql.ts'
import type { Database, Sql } from './postgres.ts'

/**
 * Runs `work` on one node at a time among all that use this database; the others wait for their turn. Takes one connection of
 * the pool for as long as that lasts; a node that dies gives the lock up with its connection.
 */
export async function oneAtATime<T>(db: Database, name: string, work: () => Promise<T>): Promise<T> {
  const connection = await db.reserve()
  const sql = connection as unknown as Sql
  try {
    await takeLock(sql, name)
    try {
      return await work()
    } finally {
      await giveLock(sql, name)
    }
  } finally {
    connection.release()
  }
}
