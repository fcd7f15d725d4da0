import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findDecisions, proveDecision } from '../server/src/dispatch/index.ts'
import { type DispatchSeats, dispatchSeats } from './setup/dispatch-seats.ts'
import { openTestHouse, type TestHouse } from './setup/test-house.ts'

const ROOT = join(import.meta.dirname, '..')
let house: TestHouse
let seats: DispatchSeats
beforeAll(async () => {
  house = await openTestHouse()
  seats = dispatchSeats(house)
})
afterAll(() => house.stop())
afterEach(() => seats.clear())

/** Runs the tool as a person would, on the database of the house. */
function decisionTool(what: string): Promise<{ code: number; text: string }> {
  const env = { ...process.env, DATABASE_URL: house.databaseUrl }
  return new Promise((resolve) => {
    execFile(process.execPath, ['server/src/decision-cli.ts', what], { cwd: ROOT, env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: out + err }),
    )
  })
}

/** Every decision of an order, computed again. */
async function proven(orderId: string) {
  const zone = { id: house.zoneId, timeZone: 'Europe/Lisbon', currency: 'EUR' }
  const rows = await findDecisions(house.db, orderId)
  return Promise.all(rows.map(async (row) => ({ kind: row.kind, ...(await proveDecision(house.db, [zone], row)) })))
}
const allSame = (orderId: string, kinds: string[]) =>
  seats.eventually(async () => {
    const decisions = await proven(orderId)
    expect(decisions.map(({ kind }) => kind)).toEqual(kinds)
    for (const { outcome, lines } of decisions) expect(outcome, lines.join('\n')).toBe('same')
  })
/** Waits until one driver is asked, and says who. */
const asked = () =>
  seats.eventually(async () => {
    const offers = await Promise.all([0, 1, 2].map((i) => seats.offersOf(i)))
    const who = offers.findIndex((list) => list.length > 0)
    expect(who).toBeGreaterThanOrEqual(0)
    return who
  }, 1_000)

describe('[DI13] every stored decision comes out the same when it is computed again', () => {
  test('offers, declines and what staff choose instead, under both policies', async () => {
    for (const name of ['joint', 'scored-offers']) {
      await seats.policy({ name, autonomy: 'auto' })
      for (const i of [0, 1, 2]) await seats.online(i)
      const { id } = await seats.order(5)
      const first = await asked()
      await seats.answer(first, id, 'decline')
      const second = await asked()
      expect(second).not.toBe(first)
      await seats.command(id, 'assign', { driverId: house.driverIds[3 - first - second] })
      await allSame(id, ['staff', 'offer', 'offer'])
      await seats.clear()
    }
  })

  test('assignments, proposals, shadows, and that nobody was found', async () => {
    await seats.policy({ name: 'joint', mode: 'assign' })
    await seats.online(0)
    const assigned = await seats.order(3)
    await seats.eventually(async () => expect(await seats.onBoard(assigned.id)).toMatchObject({ delivery: 'assigned' }), 1_000)
    await allSame(assigned.id, ['assign'])

    await seats.policy({ autonomy: 'suggest' })
    await seats.online(1)
    const suggested = await seats.order(3)
    await seats.eventually(async () => expect((await seats.onBoard(suggested.id)).proposal).not.toBeNull(), 1_000)
    await allSame(suggested.id, ['proposal'])
    await seats.policy({ autonomy: 'shadow' })
    const shadowed = await seats.order(3)
    await seats.eventually(async () => expect(await seats.decisions(shadowed.id)).toHaveLength(1), 1_000)
    await allSame(shadowed.id, ['shadow'])

    await seats.policy({ autonomy: 'auto' })
    await seats.clear()
    const alone = await seats.order(3)
    await seats.eventually(async () => expect((await seats.onBoard(alone.id)).noDriverAvailable).toBe(true), 1_000)
    await allSame(alone.id, ['give_up', 'wait', 'wait', 'wait', 'wait'])
  })

  test('the tool says so, and says otherwise when what it was made from was changed or is gone', async () => {
    await seats.policy({ name: 'scored-offers', autonomy: 'auto' })
    await seats.online(0)
    const order = await seats.order(3)
    await asked()
    await allSame(order.id, ['offer'])
    const same = await decisionTool(`#${order.number}`)
    expect(same.text).toContain('offered to Driver 0')
    expect(same.text).toContain('computed again: the same')
    expect(same.code).toBe(0)

    const [row] = await findDecisions(house.db, order.id)
    await house.db`update decisions set explanation = jsonb_set(explanation, '{candidates,0,total}', '0.1') where id = ${row!.id}`
    const changed = await decisionTool(row!.id)
    expect(changed.text).toContain('computed again: DIFFERENT in candidates')
    expect(changed.code).toBe(1)
    await house.db`delete from decision_snapshots`
    expect(await decisionTool(row!.id)).toMatchObject({ code: 2, text: expect.stringContaining('not kept any more') })
  }, 180_000)
})
