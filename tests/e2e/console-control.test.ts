import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { launchBrowser, PATIENCE_MS, type Seat, takeSeat } from '../setup/browser.ts'
import { newDataFolder, removeDataFolder, type ServerProcess, signIn, startServer } from '../setup/server-process.ts'

const MINUTE = 60_000
const DESK = { width: 1440, height: 900 }
/** Often enough that no driver's position grows too old to be asked. */
const REPORT_MS = 8_000

type Person = Awaited<ReturnType<typeof signIn>>

let folder: string
let server: ServerProcess
let staff: Person
let drivers: { call: Person; name: string }[]
let reporting: ReturnType<typeof setInterval>
const browser: Browser | null = await launchBrowser()

async function setPolicy(change: object): Promise<void> {
  const { version } = await staff('GET /dispatch/policy')
  await staff('PATCH /dispatch/policy', { version, ...change })
}

/** Two drivers on shift a street apart, whose devices go on reporting. */
async function driversOnShift() {
  const { city } = await staff('GET /about')
  const { lat, lon } = city.centre
  drivers = await Promise.all(
    ['driver1', 'driver2'].map(async (email) => {
      const call = await signIn(server.url, email)
      await call('POST /driver/go-online', {})
      return { call, name: (await call('GET /auth/me')).name as string }
    }),
  )
  let seq = 0
  const report = () =>
    Promise.all(
      drivers.map(async ({ call }, i) => {
        const { nowMs } = await call('GET /about')
        await call('POST /driver/location', { fixes: [{ lat: lat + i * 0.002, lon, atMs: nowMs, seq: ++seq }] })
      }),
    )
  await report()
  reporting = setInterval(() => void report().catch(() => {}), REPORT_MS)
}

/** An order the kitchen has accepted, or has ready at once. */
async function placeOrder(isReady: boolean): Promise<{ id: string; number: number }> {
  const [customer, merchant] = await Promise.all([signIn(server.url, 'customer1'), signIn(server.url, 'merchant1')])
  const { merchant: shop } = await merchant('GET /merchant/board')
  const menu = await customer(`GET /merchants/${shop.id}/menu`)
  const { city } = await customer('GET /about')
  const order = await customer('POST /orders', {
    merchantId: shop.id,
    lines: [{ itemId: menu.sections[0].items[0].id, quantity: 1 }],
    drop: { place: city.centre, address: 'Middle of town' },
  })
  await merchant(`POST /merchant/orders/${order.id}/accept`, { prepMinutes: 20 })
  if (isReady) await merchant(`POST /merchant/orders/${order.id}/ready`)
  return order
}

const onBoard = async (id: string) => (await staff('GET /dispatch/board')).orders.find((order: any) => order.id === id)
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: PATIENCE_MS, interval: 150 })

function atDesk({ page }: Seat) {
  const row = (number: number) => page.getByRole('row').filter({ hasText: String(number) })
  return {
    row,
    keys: async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    },
    /** Waits until a row of the queue says it. */
    says: (number: number, words: string | RegExp) => row(number).filter({ hasText: words }).first().waitFor(),
    /** Waits until drivers are ranked, so that number keys choose among them. */
    ranked: (name: string) => page.locator('.insp').getByRole('row', { name }).first().waitFor(),
    report: page.getByRole('region', { name: 'Result' }),
  }
}

/** Drags a row of the queue over a driver's row of the timeline, waits for what it would cost, and lets go. */
async function dragTo(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()]
  if (!start || !end) throw new Error('Nothing to drag, or nowhere to drop it')
  await page.mouse.move(start.x + 120, start.y + 14)
  await page.mouse.down()
  await page.mouse.move(end.x + 200, end.y + 12, { steps: 6 })
  await page.locator('.dragbox').getByText(/slack/).waitFor()
  await page.mouse.up()
}

const shortOf = (name: string) => `${name.split(' ')[0]} ${name.split(' ').at(-1)?.[0]}`
const blur = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())

describe.skipIf(!browser)('the console in control', () => {
  let seat: Seat
  beforeAll(async () => {
    await buildWeb(() => {})
    folder = await newDataFolder()
    server = await startServer(folder, { args: ['--no-simulation'], env: { SIMULATED_DRIVERS: '2' } })
    staff = await signIn(server.url, 'dispatcher1')
    await setPolicy({ autonomy: 'shadow', name: 'joint', mode: 'assign' })
    await driversOnShift()
    seat = await takeSeat(browser as Browser, { url: server.url, link: '/demo/dispatcher', ...DESK })
  }, 4 * MINUTE)
  afterAll(async () => {
    clearInterval(reporting)
    await browser?.close()
    await server?.stop()
    if (folder) removeDataFolder(folder)
  })

  test(
    'holds, pins, assigns, takes back, does again and moves a route by the keyboard, and drags with the cost shown first',
    async () => {
      const desk = atDesk(seat)
      const order = await placeOrder(false)
      await desk.row(order.number).click()
      await desk.keys('h')
      await desk.says(order.number, 'held')
      await desk.keys('h')
      await desk.says(order.number, 'none')

      await desk.keys('p')
      await seat.page.getByRole('heading', { name: 'Only for which driver?' }).waitFor()
      await desk.ranked(drivers[0]?.name ?? '')
      await desk.keys('1')
      await desk.says(order.number, /only /)
      const { pinnedDriverId } = await onBoard(order.id)
      const names = new Map((await staff('GET /dispatch/board')).drivers.map((driver: any) => [driver.id, driver.name]))
      const pinned = names.get(pinnedDriverId) as string
      const other = drivers.find(({ name }) => name !== pinned)?.name ?? ''

      await desk.keys('a')
      await desk.ranked(pinned)
      await desk.keys('1')
      await desk.says(order.number, shortOf(pinned))
      await eventually(async () =>
        expect(await onBoard(order.id)).toMatchObject({ driverId: pinnedDriverId, delivery: 'assigned' }),
      )
      await desk.keys('z')
      await eventually(async () => expect(await onBoard(order.id)).toMatchObject({ driverId: null, pinnedDriverId }))
      await desk.says(order.number, /only /)
      await desk.keys('Shift+Z')
      await eventually(async () => expect(await onBoard(order.id)).toMatchObject({ driverId: pinnedDriverId }))
      await desk.says(order.number, shortOf(pinned))

      await seat.page
        .locator('.gr', { hasText: shortOf(pinned) })
        .getByRole('button')
        .first()
        .click()
      await blur(seat.page)
      await desk.keys('a')
      await seat.page.getByRole('button', { name: new RegExp(`^Move 1 to ${shortOf(other)}`) }).waitFor()
      await desk.keys('1')
      await desk.report.getByText(`moved to ${shortOf(other)}`).waitFor()
      await desk.says(order.number, shortOf(other))
      expect(names.get((await onBoard(order.id)).driverId)).toBe(other)

      await dragTo(seat.page, desk.row(order.number).first(), seat.page.locator('.gr', { hasText: shortOf(pinned) }))
      await desk.says(order.number, shortOf(pinned))
      expect(seat.faults).toEqual([])
    },
    2 * MINUTE,
  )

  test(
    'acts on several at once and tells each result; what the planner proposes is vetoed and accepted by a key each',
    async () => {
      const desk = atDesk(seat)
      const [first, second] = [await placeOrder(true), await placeOrder(true)]
      await desk.row(first.number).click()
      await desk.row(second.number).click({ modifiers: ['Control'] })
      await blur(seat.page)
      await desk.keys('h')
      await desk.report.getByText('2 done').waitFor()
      await desk.keys('x', '2')
      await desk.report.getByText('Promise 10 min later: 2 orders').waitFor()
      await desk.report.getByText('2 done').waitFor()
      await desk.keys('z')
      await desk.report.getByText(/^Taken back/).waitFor()
      await eventually(async () => expect((await onBoard(first.id)).promisedAtMs).toBe(first['promisedAtMs' as never]))
      await desk.row(second.number).click({ modifiers: ['Control'] })
      await desk.keys('r')
      await eventually(async () => expect((await onBoard(first.id)).isHeld).toBe(false))

      await seat.page.getByRole('button', { name: 'Suggest' }).click()
      await seat.page.getByRole('button', { name: /^Suggest Enter/ }).click()
      await blur(seat.page)
      await desk.row(first.number).click()
      const proposed = seat.page.getByRole('region', { name: 'Proposal' })
      await proposed.getByRole('heading', { name: /proposed/ }).waitFor()
      const vetoed = (await onBoard(first.id)).proposal.driverId
      await desk.keys('v')
      await eventually(async () => {
        const { proposal } = await onBoard(first.id)
        expect(proposal?.driverId).toBeTruthy()
        expect(proposal.driverId).not.toBe(vetoed)
      })
      await proposed.getByRole('button', { name: /^Accept/ }).waitFor()
      const { proposal } = await onBoard(first.id)
      await desk.keys('y')
      await eventually(async () =>
        expect(await onBoard(first.id)).toMatchObject({ driverId: proposal.driverId, delivery: 'assigned', proposal: null }),
      )
      const log = await staff(`GET /orders/${first.id}/events`)
      expect(log.items.map((event: any) => event.type)).toContain('order.proposal_vetoed')
      expect(seat.faults).toEqual([])
    },
    2 * MINUTE,
  )
})
