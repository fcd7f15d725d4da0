import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { password as passwordRule } from '@doorstep/shared/contract'
import { z } from 'zod'
import { createAccounts, rateLimiters } from './accounts/index.ts'
import { readConfig } from './config.ts'
import { connectPostgres, inTransaction, silentLog, systemClock } from './platform/index.ts'

/** Roles that stand alone; merchants' staff and drivers belong to a merchant and a profile. */
const ROLES = ['customer', 'dispatcher', 'admin'] as const
const USAGE = `usage: npm run accounts -- add <e-mail> --name <name> --role <${ROLES.join('|')}>
Reads the password from standard input. Needs DATABASE_URL.`

/** Adds an account to a server's database: how a new installation gets its first admin. */
async function run(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { name: { type: 'string' }, role: { type: 'string' } },
  })
  const [command, email] = positionals
  const role = z.enum(ROLES).safeParse(values.role)
  if (command !== 'add' || !email || !values.name || !role.success) throw new Error(USAGE)
  const { DATABASE_URL } = readConfig(undefined, [])
  if (DATABASE_URL === undefined) throw new Error(USAGE)
  const input = createInterface({ input: process.stdin, output: process.stderr })
  const password = passwordRule.parse(await input.question('Password (8 characters or more): '))
  input.close()
  const clock = systemClock()
  const db = connectPostgres({ url: DATABASE_URL, poolSize: 2 })
  const limits = { loginsPerAccount: 10, loginsPerAddress: 10, registrationsPerAddress: 10 }
  const accounts = await createAccounts({ db, clock, log: silentLog(), rateLimiter: rateLimiters(), limits, isDemo: false })
  try {
    const user = await inTransaction(db, (sql) =>
      accounts.ensureUser(sql, { email, name: values.name!, role: role.data, password }),
    )
    process.stdout.write(`${user.email} is ${user.role}.\n`)
  } finally {
    await accounts.stop()
    await db.end({ timeout: 3 })
  }
}

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(2)
}
