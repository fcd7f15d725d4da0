import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { connectPostgres, type Database } from '../postgres.ts'
import { TEMPLATE } from './test-cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the address of the run's PostgreSQL is asked for; asking starts it. */
    postgresDoor: string
  }
}

/** A database of its own for one test file, migrated and empty. */
export interface TestDatabase {
  sql: Database
  url: string
  drop(): Promise<void>
}

async function clusterUrl(): Promise<string> {
  const answer = await fetch(inject('postgresDoor'))
  const text = await answer.text()
  if (!answer.ok) throw new Error(`the tests' PostgreSQL did not start: ${text}`)
  return text
}

/** Runs one statement that cannot be in a transaction, as the owner of the cluster. */
async function administer(url: string, statement: string): Promise<void> {
  const sql = connectPostgres({ url, poolSize: 1 })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Copies the migrated template into a new database; `drop` closes the pool and removes it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const admin = await clusterUrl()
  const name = `test_${randomBytes(8).toString('hex')}`
  await administer(admin, `create database ${name} template ${TEMPLATE}`)
  const url = admin.replace(/\/[^/]*$/, `/${name}`)
  const sql = connectPostgres({ url, poolSize: 5 })
  return {
    sql,
    url,
    async drop() {
      await sql.end({ timeout: 5 })
      await administer(admin, `drop database ${name} with (force)`)
    },
  }
}
