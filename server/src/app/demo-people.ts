import { type DriverId, type MerchantId, type Rng, seededRng, type UserId, type ZoneId } from '@doorstep/shared/domain'
import type { Accounts } from '../accounts/index.ts'
import type { Catalog } from '../catalog/index.ts'
import { insertDrivers } from '../drivers/index.ts'
import { type Clock, type Database, inTransaction, newId, type Sql } from '../platform/index.ts'
import { demoEmail, makeDriver } from '../simulation/index.ts'

const FIRST =
  'Ana Rui Carla Vasco Inês João Lara Nuno Sofia Hugo Rita Tomás Beatriz Diogo Marta Miguel Eva Pedro Joana Paulo Clara Tiago Lúcia André Vera Bruno Alice Simão Elisa Gil Nadia Omar Leila Yusuf Mina Kofi Amara Ivan Olga Mei Arjun Priya Lukas Emma Noah Zoe'.split(
    ' ',
  )
const LAST =
  'Silva Costa Ferreira Tavares Alves Rocha Lopes Martins Pinto Sousa Nunes Moreira Faria Ramos Brandão Vieira Lima Duarte Antunes Correia Mota Neves Teixeira Matos Leal Barros Serra Melo Campos Reis'.split(
    ' ',
  )
const CUSTOMERS = 60

/** Makes the people of a demo zone, once: customers, drivers, the staff of every merchant, a dispatcher, an admin. */
export async function ensureDemoPeople(
  deps: { db: Database; clock: Clock; accounts: Accounts; catalog: Catalog },
  zoneId: ZoneId,
  centre: { lat: number; lon: number },
  drivers: number,
): Promise<void> {
  const { db, clock, accounts, catalog } = deps
  const known = new Set(
    (await Promise.all((['driver', 'merchant', 'admin'] as const).map((role) => accounts.demoUsers(role))))
      .flat()
      .map((user) => user.email),
  )
  const shops = await catalog.merchantsOfZone(zoneId, clock.nowMs())
  // The shop in the middle of town is the first seat.
  const far = (shop: (typeof shops)[number]) => Math.hypot(shop.position.lat - centre.lat, shop.position.lon - centre.lon)
  const byDistance = [...shops].sort((a, b) => far(a) - far(b))
  await inTransaction(db, async (sql) => {
    const person = personMaker(accounts, sql)
    const rng = seededRng(11)
    if (!known.has(demoEmail('admin'))) {
      for (let i = 1; i <= CUSTOMERS; i++) await person(demoEmail('customer', i), nameFrom(rng), 'customer')
      await person(demoEmail('dispatcher'), 'Tiago Melo', 'dispatcher')
      await person(demoEmail('admin'), 'Marta Reis', 'admin')
    }
    for (const [index, shop] of byDistance.entries()) {
      const email = demoEmail('merchant', index + 1)
      if (!known.has(email)) await person(email, shop.name, 'merchant', { merchantId: shop.id })
    }
    for (let i = 1; i <= drivers; i++) {
      const email = demoEmail('driver', i)
      const driverRng = seededRng(1000 + i)
      if (known.has(email)) continue
      const id = newId<DriverId>(clock.nowMs())
      const name = nameFrom(driverRng)
      const user = await person(email, name, 'driver', { driverId: id })
      await insertDrivers(sql, [{ id, userId: user.id, zoneId, name, ...makeDriver(driverRng) }])
    }
  })
}

function personMaker(accounts: Accounts, sql: Sql) {
  return (
    email: string,
    name: string,
    role: 'customer' | 'driver' | 'merchant' | 'dispatcher' | 'admin',
    more: { merchantId?: MerchantId; driverId?: DriverId } = {},
  ) => accounts.ensureUser(sql, { email, name, role, isDemo: true, ...more }) as Promise<{ id: UserId }>
}

const nameFrom = (rng: Rng) => `${FIRST[Math.floor(rng() * FIRST.length)]!} ${LAST[Math.floor(rng() * LAST.length)]!}`
